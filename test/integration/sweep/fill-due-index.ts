import { BatchWriteItemCommand, CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { dynamoDueIndex } from '../../../shared/adapters/dynamodb/due-index.ts';
import { customerPk, dueShard, indexNames } from '../../../shared/adapters/dynamodb/keys.ts';
import { dueAttributes } from '../../../shared/adapters/dynamodb/table.ts';
import { type EpochMs, hours } from '../../../shared/domain/time.ts';
import type { DueIndex } from '../../../shared/ports/due-index.ts';
import type { DynamoServer } from '../../support/dynoxide.ts';

const text = (name: string) => ({ AttributeName: name, AttributeType: 'S' as const });
const key = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' as const },
  { AttributeName: range, KeyType: 'RANGE' as const },
];

type Filled = Readonly<{ due: DueIndex; dueAt: ReadonlyMap<string, Readonly<{ at: EpochMs; shard: number }>> }>;

/** Keys alone, and no stream: with one, the server looks through all that was written before at every write. */
export const fillDueIndex = async (
  { client }: DynamoServer,
  { entries, shards, now }: Readonly<{ entries: number; shards: number; now: EpochMs }>,
): Promise<Filled> => {
  const name = `perennial-due-${process.pid}-${Date.now()}`;
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'duePk', 'dueSk'].map(text),
      KeySchema: key('pk', 'sk'),
      GlobalSecondaryIndexes: [
        { IndexName: indexNames.due, KeySchema: key('duePk', 'dueSk'), Projection: { ProjectionType: 'KEYS_ONLY' } },
      ],
    }),
  );
  const dueAt = new Map<string, Readonly<{ at: EpochMs; shard: number }>>();
  const item = (kind: 'customer' | 'send', sk: string, n: number) => {
    const customerId = `c${n}`;
    const at = now - hours(2) + ((n * 7_919) % hours(2));
    if (kind === 'customer') dueAt.set(customerId, { at, shard: dueShard(customerId, shards) });
    const itemKey = { pk: customerPk('demo', customerId), sk };
    const due = dueAttributes({ dueShards: shards }, itemKey, { kind, at });
    return { PutRequest: { Item: { pk: { S: itemKey.pk }, sk: { S: sk }, ...due } } };
  };
  const writes = [
    ...Array.from({ length: entries }, (_, n) => item('customer', 'CUSTOMER', n)),
    ...Array.from({ length: 100 }, (_, n) => item('send', 'SEND#1', n)),
  ];
  for (let from = 0; from < writes.length; from += 100)
    await Promise.all(
      [0, 25, 50, 75].map((step) => {
        const batch = writes.slice(from + step, from + step + 25);
        return batch.length === 0
          ? undefined
          : client.send(new BatchWriteItemCommand({ RequestItems: { [name]: batch } }));
      }),
    );
  return { due: dynamoDueIndex({ client, name, dueShards: shards }), dueAt };
};
