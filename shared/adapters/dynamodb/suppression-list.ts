import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { SuppressionList } from '../../ports/store-settings.ts';
import { keyAttributes } from './codec/item.ts';
import { ifAbsent, putItem } from './conditional.ts';
import { suppressionItem } from './items/store-item.ts';
import { suppressionKey } from './keys.ts';
import type { DynamoTable } from './table.ts';

/** The first reason stays; nothing takes an address off. */
export const dynamoSuppressionList = (table: DynamoTable): SuppressionList => ({
  async add(store, addressHash, suppression) {
    await putItem(table, suppressionItem.write(suppressionKey(store, addressHash), suppression), ifAbsent);
  },
  async find(store, addressHash) {
    const Key = keyAttributes(suppressionKey(store, addressHash));
    const { Item } = await table.client.send(new GetItemCommand({ TableName: table.name, Key, ConsistentRead: true }));
    return Item && suppressionItem.read(Item);
  },
});
