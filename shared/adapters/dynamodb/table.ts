import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EpochMs } from '../../domain/time.ts';
import type { DueKind } from '../../ports/due-index.ts';
import type { Attributes } from './codec/codec.ts';
import { customerOfPk, duePk, dueShard, dueSk, type ItemKey } from './keys.ts';

/** The table as adapters see it. */
export type DynamoTable = Readonly<{ client: DynamoDBClient; name: string }>;

/** With the numbers of shards a writer of due items and counters has to know; fixed for the life of a table. */
export type ShardedTable = DynamoTable & Readonly<{ dueShards: number; counterShards: number }>;

/** Attributes that put an item of a customer's partition into the due index; none without a time. */
export const dueAttributes = (
  table: Pick<ShardedTable, 'dueShards'>,
  key: ItemKey,
  due: Readonly<{ kind: DueKind; at: EpochMs | undefined }> | undefined,
): Attributes => {
  const owner = customerOfPk(key.pk);
  if (due?.at === undefined || owner === undefined) return {};
  const shard = dueShard(owner.customerId, table.dueShards);
  return { duePk: { S: duePk(due.kind, shard) }, dueSk: { S: dueSk(due.at, key) } };
};
