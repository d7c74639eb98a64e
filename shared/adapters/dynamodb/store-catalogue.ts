import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { StoreId, StoreSettings } from '../../domain/store.ts';
import { type EpochMs, minutes } from '../../domain/time.ts';
import type { StoreCatalogue } from '../../ports/store-settings.ts';
import { identityAttributes, keyAttributes } from './codec/item.ts';
import { storeItem } from './items/store-item.ts';
import { storeKey, storeNameKey } from './keys.ts';
import type { DynamoTable } from './table.ts';

type Cached = Readonly<{ settings: StoreSettings; readAt: EpochMs }>;
const freshForMs = minutes(1);

const isFresh = ({ readAt }: Cached, now: EpochMs): boolean => now >= readAt && now - readAt < freshForMs;

/** Known stores are kept for a minute; an unknown one is asked for each time, so that a new store works at once. */
export const dynamoStoreCatalogue = (table: DynamoTable): StoreCatalogue => {
  const cache = new Map<StoreId, Cached>();
  return {
    async settings(store, now) {
      const cached = cache.get(store);
      if (cached && isFresh(cached, now)) return cached.settings;
      const Key = keyAttributes(storeKey(store));
      const { Item } = await table.client.send(new GetItemCommand({ TableName: table.name, Key }));
      cache.delete(store);
      if (Item === undefined) return undefined;
      const settings = storeItem.read(Item);
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
