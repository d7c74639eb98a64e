import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { DueEntry, DueIndex, DueKind } from '../../ports/due-index.ts';
import type { Attributes } from './codec/codec.ts';
import { corruptItem } from './codec/item.ts';
import { leaseDuePage, releaseDuePage } from './due-lease.ts';
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
  lease: (page, terms) => leaseDuePage(table, page, terms),
  release: (page, held, round, handedOn) => releaseDuePage(table, page, { held, round, handedOn: handedOn ?? 0 }),
});
