import { GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { firstAdoption } from '../../domain/definitions/adoption.ts';
import type { StoreId, StoreSettings } from '../../domain/store.ts';
import type { StoreCatalogue } from '../../ports/store-settings.ts';
import { knownStores } from '../known-stores.ts';
import { identityAttributes, keyAttributes } from './codec/item.ts';
import { adoptionItem } from './items/definition-items.ts';
import { storeItem } from './items/store-item.ts';
import { adoptionKey, storeKey, storeNameKey } from './keys.ts';
import type { DynamoTable } from './table.ts';

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

export const dynamoStoreCatalogue = (table: DynamoTable, read = readSettings): StoreCatalogue => {
  const { settings, forget } = knownStores((store) => read(table, store));
  return {
    settings,
    async put(changed) {
      // The name first: a store that works is always listed, and a name alone is passed over until its settings are there.
      const name = { ...keyAttributes(storeNameKey(changed.id)), ...identityAttributes('STORE_NAME') };
      await table.client.send(new PutItemCommand({ TableName: table.name, Item: name }));
      const Item = storeItem.write(storeKey(changed.id), changed);
      await table.client.send(new PutItemCommand({ TableName: table.name, Item }));
      forget(changed.id);
    },
  };
};
