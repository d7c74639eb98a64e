import * as z from 'zod';
import { streams, type TableBackend } from '../tables/table-backend.ts';
import { recordPage, type StreamRecord } from './stream-record.ts';

/** Gives a stream's records from its start, at most so many at a time; an empty page is the end for now. */
export type RecordPages = (limit: number) => Promise<StreamRecord[]> | StreamRecord[];

const described = z.object({ StreamDescription: z.object({ Shards: z.array(z.object({ ShardId: z.string() })) }) });
const iteratorAnswer = z.object({ ShardIterator: z.string() });

/** By the wire protocol, shard after shard: how any DynamoDB server is read. */
export const protocolPages = (backend: TableBackend, streamArn: string): RecordPages => {
  let shard: string | undefined;
  let iterator: string | undefined;
  const openNextShard = async (): Promise<void> => {
    const stream = described.parse(await backend.call(streams('DescribeStream'), { StreamArn: streamArn }));
    const shards = stream.StreamDescription.Shards.map(({ ShardId }) => ShardId);
    const next = shards[shards.indexOf(shard ?? '') + 1];
    if (next === undefined) return;
    shard = next;
    const request = { StreamArn: streamArn, ShardId: next, ShardIteratorType: 'TRIM_HORIZON' };
    iterator = iteratorAnswer.parse(await backend.call(streams('GetShardIterator'), request)).ShardIterator;
  };
  return async (limit) => {
    if (iterator === undefined) await openNextShard();
    if (iterator === undefined) return [];
    const page = recordPage.parse(await backend.call(streams('GetRecords'), { ShardIterator: iterator, Limit: limit }));
    iterator = page.NextShardIterator ?? undefined;
    return page.Records;
  };
};
