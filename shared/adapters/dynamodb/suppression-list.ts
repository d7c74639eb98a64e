import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Suppression } from '../../domain/customers/suppression.ts';
import type { SuppressionList } from '../../ports/store-settings.ts';
import { keyAttributes } from './codec/item.ts';
import { type Condition, putItem } from './conditional.ts';
import { suppressionItem } from './items/store-item.ts';
import { suppressionKey } from './keys.ts';
import type { DynamoTable } from './table.ts';

/** Nothing takes an address off; an erasure gives way to a later one, and to any other reason. */
const ifStronger = ({ by, at }: Suppression): Condition => ({
  expression: `attribute_not_exists(pk) OR (#by = :erasure${by === 'erasure' ? ' AND #at < :at' : ''})`,
  names: { '#by': 'by', ...(by === 'erasure' && { '#at': 'at' }) },
  values: { ':erasure': { S: 'erasure' }, ...(by === 'erasure' && { ':at': { N: String(at) } }) },
});

export const dynamoSuppressionList = (table: DynamoTable): SuppressionList => ({
  async add(store, addressHash, suppression) {
    await putItem(
      table,
      suppressionItem.write(suppressionKey(store, addressHash), suppression),
      ifStronger(suppression),
    );
  },
  async find(store, addressHash) {
    const Key = keyAttributes(suppressionKey(store, addressHash));
    const { Item } = await table.client.send(new GetItemCommand({ TableName: table.name, Key, ConsistentRead: true }));
    return Item && suppressionItem.read(Item);
  },
});
