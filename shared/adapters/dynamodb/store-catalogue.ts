import { GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { firstAdoption } from '../../domain/definitions/adoption.ts';
import type { StoreId, StoreSettings } from '../../domain/store.ts';
import { type EpochMs, minutes } from '../../domain/time.ts';
import type { StoreCatalogue } from '../../ports/store-settings.ts';
import { identityAttributes, keyAttributes } from './codec/item.ts';
import { adoptionItem } from './items/definition-items.ts';
import { storeItem } from './items/store-item.ts';
import { adoptionKey, storeKey, storeNameKey } from './keys.ts';
import type { DynamoTable } from './table.ts';

type Cached = Readonly<{ settings: StoreSettings; readAt: EpochMs }>;
const freshForMs = minutes(1);

const isFresh = ({ readAt }: Cached, now: EpochMs): boolean => now >= readAt && now - readAt < freshForMs;

type ReadStore = (table: DynamoTable, store: StoreId) => Promise<StoreSettings | undefined>;

const readSettings: ReadStore = async (table, store) => {
  const Key = keyAttributes(storeKey(store));
  const { Item } = await table.client.send(new GetItemCommand({ TableName: table.name, Key }));
  return Item === undefined ? undefined : storeItem.read(Item);
};

/** Settings and adoption lie side by side: one read of half a unit brings what decisions are taken under as well. */
export const readWithAdoption: ReadStore = async (table, store) => {
  const [settings, adoption] = [storeKey(store), adoptionKey(store)];
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :settings AND :adoption',
      ExpressionAttributeValues: {
        ':pk': { S: settings.pk },
        ':settings': { S: settings.sk },
        ':adoption': { S: adoption.sk },
      },
    }),
  );
  const itemAt = (sk: string) => Items.find((item) => item['sk']?.S === sk);
  const [there, adopted] = [itemAt(settings.sk), itemAt(adoption.sk)];
  if (there === undefined) return undefined;
  const { lifecycle, fit } = adopted === undefined ? firstAdoption : adoptionItem.read(adopted);
  return { ...storeItem.read(there), adopted: { lifecycle, fit } };
};

/** Known stores are kept for a minute; an unknown one is asked for each time, so that a new store works at once. */
export const dynamoStoreCatalogue = (table: DynamoTable, read = readSettings): StoreCatalogue => {
  const cache = new Map<StoreId, Cached>();
  return {
    async settings(store, now) {
      const cached = cache.get(store);
      if (cached && isFresh(cached, now)) return cached.settings;
      const settings = await read(table, store);
      cache.delete(store);
      if (settings === undefined) return undefined;
      cache.set(store, { settings, readAt: now });
      return settings;
    },
    async put(settings) {
      // The name first: a store that works is always listed, and a name alone is passed over until its settings are there.
      const name = { ...keyAttributes(storeNameKey(settings.id)), ...identityAttributes('STORE_NAME') };
      await table.client.send(new PutItemCommand({ TableName: table.name, Item: name }));
      const Item = storeItem.write(storeKey(settings.id), settings);
      await table.client.send(new PutItemCommand({ TableName: table.name, Item }));
      cache.delete(settings.id);
    },
  };
};
