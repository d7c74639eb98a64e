import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { functionArn, streamArn } from '../aws-names.ts';
import type { StreamRecord } from './stream-record.ts';

export interface FailedBatch {
  bucket: string;
  mappingId: string;
  functionName: string;
  table: string;
  condition: string;
  attempts: number;
  records: readonly StreamRecord[];
  at: number;
}

/** Where S3 would keep a batch that was given up: the object's key is the file's path. */
export const archiveFailedBatch = (dataDir: string, failed: FailedBatch): void => {
  const iso = new Date(failed.at).toISOString();
  const day = iso.slice(0, 10).replaceAll('-', '/');
  const name = `${iso.slice(0, 19).replaceAll(':', '.')}-${randomUUID()}`;
  const path = join(dataDir, 's3', failed.bucket, 'aws', 'lambda', failed.mappingId, 'shardId-00000001', day, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(objectOf(failed, iso)));
};

const objectOf = ({ functionName, table, condition, attempts, records }: FailedBatch, timestamp: string) => ({
  requestContext: {
    requestId: randomUUID(),
    functionArn: functionArn(functionName),
    condition,
    approximateInvokeCount: attempts,
  },
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  version: '1.0',
  timestamp,
  DDBStreamBatchInfo: {
    shardId: 'shardId-00000001',
    startSequenceNumber: records[0]?.dynamodb.SequenceNumber,
    endSequenceNumber: records.at(-1)?.dynamodb.SequenceNumber,
    approximateArrivalOfFirstRecord: isoOfSeconds(records[0]?.dynamodb['ApproximateCreationDateTime']),
    approximateArrivalOfLastRecord: isoOfSeconds(records.at(-1)?.dynamodb['ApproximateCreationDateTime']),
    batchSize: records.length,
    streamArn: streamArn(table),
  },
  payload: JSON.stringify({ Records: records }),
});

const isoOfSeconds = (seconds: unknown): string | undefined =>
  typeof seconds === 'number' ? new Date(seconds * 1_000).toISOString() : undefined;
