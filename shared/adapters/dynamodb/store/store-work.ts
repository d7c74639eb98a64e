import { GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { StoreId } from '../../../domain/store.ts';
import type { EpochMs } from '../../../domain/time.ts';
import type { StoreWork } from '../../../ports/store-work.ts';
import type { Attributes } from '../codec/codec.ts';
import { corruptItem, type ItemCodec, keyAttributes } from '../codec/item.ts';
import { ifVersionBefore, putItem } from '../conditional.ts';
import { dueAtOf, dueSk, type ItemKey, indexNames, storeOfPk, workDuePk } from '../keys.ts';
import type { DynamoTable } from '../table.ts';

/** Where work of a kind lies: its row beside the store's settings. */
type WorkPlace<T> = Readonly<{ item: ItemCodec<T>; keyOf: (store: StoreId) => ItemKey }>;

/** More stores than this at work at once wait for the minute in which an earlier one is through. */
const atOnce = 50;

type Look = Promise<readonly Attributes[]>;
const underWay = new WeakMap<DynamoTable['client'], Map<string, Look>>();

/** Work of all kinds lies in one partition, and whoever asks while a look is under way shares it: a tick looks once a minute, not once a kind. */
const lookAtAll = ({ client, name }: DynamoTable): Look => {
  const looks = underWay.get(client) ?? new Map<string, Look>();
  underWay.set(client, looks);
  const look = looks.get(name) ?? lookOnce({ client, name }).finally(() => looks.delete(name));
  looks.set(name, look);
  return look;
};

const lookOnce = async ({ client, name }: DynamoTable): Look => {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: name,
      IndexName: indexNames.due,
      KeyConditionExpression: 'duePk = :pk',
      ExpressionAttributeValues: { ':pk': { S: workDuePk } },
      Limit: atOnce,
    }),
  );
  return Items;
};

const waitingOf = (item: Attributes) => {
  const store = storeOfPk(item['pk']?.S ?? '');
  if (store === undefined) throw corruptItem(item, 'pk');
  return { store, dueAt: dueAtOf(item['dueSk']?.S ?? '') };
};

export const dynamoStoreWork = <T extends Readonly<{ version: number; dueAt?: EpochMs }>>(
  table: DynamoTable,
  { item, keyOf }: WorkPlace<T>,
): StoreWork<T> => ({
  async load(store) {
    const input = { TableName: table.name, Key: keyAttributes(keyOf(store)), ConsistentRead: true };
    const { Item } = await table.client.send(new GetItemCommand(input));
    return Item === undefined ? undefined : item.read(Item);
  },
  async save(store, work) {
    const key = keyOf(store);
    const due: Attributes =
      work.dueAt === undefined ? {} : { duePk: { S: workDuePk }, dueSk: { S: dueSk(work.dueAt, key) } };
    const written = await putItem(table, item.write(key, work, due), ifVersionBefore(work.version));
    return { type: written.type === 'written' ? 'saved' : 'stale' };
  },
  async waiting() {
    const { sk: kind } = keyOf('');
    return (await lookAtAll(table)).filter(({ sk }) => sk?.S === kind).map(waitingOf);
  },
});
