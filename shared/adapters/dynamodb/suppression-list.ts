import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Suppression } from '../../domain/customers/suppression.ts';
import type { SuppressionList } from '../../ports/store-settings.ts';
import { keyAttributes } from './codec/item.ts';
import { type Condition, putItem, updateItem } from './conditional.ts';
import { liftedName, suppressionItem } from './items/store-item.ts';
import { suppressionKey } from './keys.ts';
import type { DynamoTable } from './table.ts';

/** Nothing takes an address off; an erasure gives way to a later one and to any other reason, what was lifted to all that came since. */
const ifStronger = ({ by, at }: Suppression): Condition => {
  const isErasure = by === 'erasure';
  const later = isErasure ? '(#by = :erasure AND #at < :at) OR #lifted <= :at' : '#by = :erasure OR #lifted < :at';
  return {
    expression: `attribute_not_exists(pk) OR ${later}`,
    names: { '#by': 'by', '#lifted': liftedName, ...(isErasure && { '#at': 'at' }) },
    values: { ':erasure': { S: 'erasure' }, ':at': { N: String(at) } },
  };
};

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
  async lift(store, addressHash, at) {
    await updateItem(table, {
      Key: keyAttributes(suppressionKey(store, addressHash)),
      UpdateExpression: 'SET #lifted = :at',
      ConditionExpression: '#by <> :erasure AND #at <= :at AND (attribute_not_exists(#lifted) OR #lifted < :at)',
      ExpressionAttributeNames: { '#by': 'by', '#at': 'at', '#lifted': liftedName },
      ExpressionAttributeValues: { ':erasure': { S: 'erasure' }, ':at': { N: String(at) } },
    });
  },
});
