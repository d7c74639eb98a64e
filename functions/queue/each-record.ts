import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { codeOf } from '../../shared/domain/errors.ts';
import type { Log } from '../../shared/ports/log.ts';

/**
 * Works off a batch of messages side by side, and gives back only those that failed. A message that cannot be read fails
 * like any other and ends in the dead-letter queue.
 */
export const eachRecord = async (
  { Records }: SQSEvent,
  log: Pick<Log, 'error'>,
  work: (record: SQSRecord) => Promise<void>,
): Promise<SQSBatchResponse> => {
  const failures = await Promise.all(Records.map((record) => failureOf(record, log, work)));
  return { batchItemFailures: failures.filter((failure) => failure !== undefined) };
};

const failureOf = async (record: SQSRecord, log: Pick<Log, 'error'>, work: (record: SQSRecord) => Promise<void>) => {
  try {
    await work(record);
    return undefined;
  } catch (error) {
    log.error('message failed', { message: record.messageId, code: codeOf(error) });
    return { itemIdentifier: record.messageId };
  }
};
