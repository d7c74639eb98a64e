import { ConditionalCheckFailedException, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { EpochMs } from '../../domain/time.ts';
import type { DueEntry, DueIndex, DueKind, DuePage } from '../../ports/due-index.ts';
import type { Attributes } from './codec/codec.ts';
import { corruptItem, keyAttributes } from './codec/item.ts';
import { updateItem } from './conditional.ts';
import { leaseUntilName, roundShape } from './items/due-round-item.ts';
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

const leaseKey = ({ kind, shard }: DuePage): Attributes => keyAttributes({ pk: duePk(kind, shard), sk: 'LEASE' });

const instants = (values: Readonly<Record<string, EpochMs>>): Attributes =>
  Object.fromEntries(Object.entries(values).map(([name, at]) => [name, { N: String(at) }]));

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
  async lease(page, { now, until, from = 0 }) {
    try {
      const { Attributes: row = {} } = await table.client.send(
        new UpdateItemCommand({
          TableName: table.name,
          Key: leaseKey(page),
          UpdateExpression: 'SET #until = :until, entity = :entity, #round = if_not_exists(#round, :first)',
          ConditionExpression: 'attribute_not_exists(#until) OR #until <= :now OR #until = :from',
          ExpressionAttributeNames: { '#until': leaseUntilName, '#round': 'round' },
          ExpressionAttributeValues: {
            ...instants({ ':until': until, ':now': now, ':from': from }),
            ':entity': { S: 'LEASE' },
            ':first': roundShape.encode({ startedAt: now, handed: 0 }),
          },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return roundShape.decode(row['round'], 'round');
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  },
  async release(page, held, round, handedOn = 0) {
    await updateItem(table, {
      Key: leaseKey(page),
      UpdateExpression: 'SET #until = :on, #round = :round',
      ConditionExpression: '#until = :held',
      ExpressionAttributeNames: { '#until': leaseUntilName, '#round': 'round' },
      ExpressionAttributeValues: {
        ...instants({ ':on': handedOn, ':held': held }),
        ':round': roundShape.encode(round),
      },
    });
  },
});
