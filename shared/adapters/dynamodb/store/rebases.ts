import { GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Rebase } from '../../../domain/definitions/rebase.ts';
import type { Rebases } from '../../../ports/rebases.ts';
import { type Attributes, number, text } from '../codec/codec.ts';
import { corruptItem, itemOf, keyAttributes } from '../codec/item.ts';
import { shape } from '../codec/shape.ts';
import { ifVersionBefore, putItem } from '../conditional.ts';
import { dueAtOf, dueSk, indexNames, rebaseDuePk, rebaseKey, storeOfPk } from '../keys.ts';
import type { DynamoTable } from '../table.ts';

const rebaseItem = itemOf(
  'REBASE',
  shape<Rebase>({
    version: ['n', number],
    lifecycle: ['lifecycle', number],
    fit: ['fit', number],
    startedAt: ['startedAt', number],
    perMinute: ['perMinute', number],
    total: ['total', number],
    round: ['round', number],
    shard: ['shard', number],
    after: ['after', text, 'optional'],
    passed: ['passed', number],
    handed: ['handed', number],
    dueAt: ['dueAt', number, 'optional'],
    finishedAt: ['finishedAt', number, 'optional'],
    left: ['left', number, 'optional'],
  }),
);

/** More stores than this in a rebase at once wait for the minute in which an earlier one is through. */
const atOnce = 50;

const waitingOf = (item: Attributes) => {
  const store = storeOfPk(item['pk']?.S ?? '');
  if (store === undefined) throw corruptItem(item, 'pk');
  return { store, dueAt: dueAtOf(item['dueSk']?.S ?? '') };
};

export const dynamoRebases = (table: DynamoTable): Rebases => ({
  async load(store) {
    const input = { TableName: table.name, Key: keyAttributes(rebaseKey(store)), ConsistentRead: true };
    const { Item } = await table.client.send(new GetItemCommand(input));
    return Item === undefined ? undefined : rebaseItem.read(Item);
  },
  async save(store, rebase) {
    const key = rebaseKey(store);
    const due: Attributes =
      rebase.dueAt === undefined ? {} : { duePk: { S: rebaseDuePk }, dueSk: { S: dueSk(rebase.dueAt, key) } };
    const written = await putItem(table, rebaseItem.write(key, rebase, due), ifVersionBefore(rebase.version));
    return { type: written.type === 'written' ? 'saved' : 'stale' };
  },
  async waiting() {
    const { Items = [] } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: indexNames.due,
        KeyConditionExpression: 'duePk = :pk',
        ExpressionAttributeValues: { ':pk': { S: rebaseDuePk } },
        Limit: atOnce,
      }),
    );
    return Items.map(waitingOf);
  },
});
