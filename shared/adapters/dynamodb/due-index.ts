import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { DueEntry, DueIndex, DueKind } from '../../ports/due-index.ts';
import type { Attributes } from './codec/codec.ts';
import { corruptItem, keyAttributes } from './codec/item.ts';
import { updateItem } from './conditional.ts';
import { customerOfPk, customerPk, dueAtOf, duePk, dueSk, indexNames } from './keys.ts';
import type { ShardedTable } from './table.ts';

const entryOf = (kind: DueKind, item: Attributes): DueEntry => {
  const owner = customerOfPk(item['pk']?.S ?? '');
  if (owner === undefined) throw corruptItem(item, 'pk');
  const dueAt = dueAtOf(item['dueSk']?.S ?? '');
  if (Number.isNaN(dueAt)) throw corruptItem(item, 'dueSk');
  return { kind, dueAt, store: owner.store, customerId: owner.customerId, item: item['sk']?.S ?? '' };
};

const placeOf = ({ dueAt, store, customerId, item }: DueEntry): string =>
  dueSk(dueAt, { pk: customerPk(store, customerId), sk: item });

export const dynamoDueIndex = (table: Omit<ShardedTable, 'counterShards'>): DueIndex => ({
  get shards() {
    return table.dueShards;
  },
  async oldest(kind, shard, limit, after) {
    const { Items = [] } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: indexNames.due,
        KeyConditionExpression: after === undefined ? 'duePk = :pk' : 'duePk = :pk AND dueSk > :after',
        ExpressionAttributeValues: {
          ':pk': { S: duePk(kind, shard) },
          ...(after && { ':after': { S: placeOf(after) } }),
        },
        Limit: limit,
      }),
    );
    return Items.map((item) => entryOf(kind, item));
  },
  async lease(kind, shard, now, until) {
    const outcome = await updateItem(table, {
      Key: keyAttributes({ pk: duePk(kind, shard), sk: 'LEASE' }),
      UpdateExpression: 'SET leaseUntil = :until, entity = :entity',
      ConditionExpression: 'attribute_not_exists(leaseUntil) OR leaseUntil <= :now',
      ExpressionAttributeValues: {
        ':until': { N: String(until) },
        ':now': { N: String(now) },
        ':entity': { S: 'LEASE' },
      },
    });
    return outcome.type === 'written';
  },
});
