import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { StoreId } from '../../../domain/store.ts';
import type { CustomerStore } from '../../../ports/customer-store.ts';
import type { Attributes } from '../codec/codec.ts';
import { indexNames, rollPk, rollShards } from '../keys.ts';
import type { DynamoTable } from '../table.ts';

type Page = Parameters<CustomerStore['list']>[1];
type Listed = Awaited<ReturnType<CustomerStore['list']>>;
type Place = Readonly<{ shard: number; after: string }>;

/** A cursor is `{shard in 2 digits}.{last customer id}`. Anything else starts from the beginning. */
const placeOf = (cursor: string | undefined): Place => {
  const [, shard = '0', after = ''] = /^(\d\d)\.(.*)$/s.exec(cursor ?? '') ?? [];
  return { shard: Number(shard), after };
};
const cursorAt = (shard: number, after: string): string => `${String(shard).padStart(2, '0')}.${after}`;

const conditionOf = (store: StoreId, { shard, after }: Place, stage: string | undefined) => {
  const values: Attributes = { ':pk': { S: rollPk(store, shard) } };
  if (after !== '') values[':after'] = { S: after };
  if (stage !== undefined) values[':stage'] = { S: stage };
  return {
    KeyConditionExpression: after === '' ? 'rollPk = :pk' : 'rollPk = :pk AND rollSk > :after',
    ExpressionAttributeValues: values,
    ...(stage !== undefined && {
      FilterExpression: '#stage = :stage',
      ExpressionAttributeNames: { '#stage': 'stage' },
    }),
  };
};

/** What one shard holds after a place, up to `wanted`; pages on where a filter left too few. */
const readShard = async (
  table: DynamoTable,
  store: StoreId,
  start: Place,
  stage: string | undefined,
  wanted: number,
) => {
  const found: { customerId: string; stage: string }[] = [];
  let from: Attributes | undefined;
  do {
    const page = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: indexNames.roll,
        ...conditionOf(store, start, stage),
        ...(stage === undefined && { Limit: wanted }),
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    for (const item of page.Items ?? []) {
      found.push({ customerId: item['rollSk']?.S ?? '', stage: item['stage']?.S ?? '' });
    }
    from = page.LastEvaluatedKey;
  } while (from && found.length < wanted);
  return found;
};

/** Shards asked at once: a small store has its customers spread over all 64. */
const shardsAtOnce = 8;

export const listCustomers = async (
  table: DynamoTable,
  store: StoreId,
  { stage, cursor, limit }: Page,
): Promise<Listed> => {
  const start = placeOf(cursor);
  const found: { customerId: string; stage: string; shard: number }[] = [];
  // One more than the page tells whether there is a next one.
  for (let shard = start.shard; shard < rollShards && found.length <= limit; shard += shardsAtOnce) {
    const shards = Array.from({ length: Math.min(shardsAtOnce, rollShards - shard) }, (_, i) => shard + i);
    const pages = await Promise.all(
      shards.map(async (s) => {
        const place = { shard: s, after: s === start.shard ? start.after : '' };
        const customers = await readShard(table, store, place, stage, limit + 1);
        return customers.map((customer) => ({ ...customer, shard: s }));
      }),
    );
    found.push(...pages.flat());
  }
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map(({ customerId, stage: at }) => ({ customerId, stage: at })),
    ...(last && { cursor: cursorAt(last.shard, last.customerId) }),
  };
};
