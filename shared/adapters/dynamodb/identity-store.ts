import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { IdentityStore } from '../../ports/identity-store.ts';
import { text } from './codec/codec.ts';
import { identityAttributes, itemOf, keyAttributes } from './codec/item.ts';
import { shape } from './codec/shape.ts';
import { updateItem } from './conditional.ts';
import { identityKey } from './keys.ts';
import type { DynamoTable } from './table.ts';

/** `owner` is gone and `releasedFrom` names the last one once an identity was released. */
type Identity = Readonly<{ owner?: string; releasedFrom?: string }>;
const identItem = itemOf(
  'IDENT',
  shape<Identity>({ owner: ['c', text, 'optional'], releasedFrom: ['x', text, 'optional'] }),
);

export const dynamoIdentityStore = (table: DynamoTable): IdentityStore => ({
  async find(store, identity) {
    const Key = keyAttributes(identityKey(store, identity));
    const { Item } = await table.client.send(new GetItemCommand({ TableName: table.name, Key }));
    return Item && identItem.read(Item).owner;
  },
  async claim(store, identity, customerId) {
    const { entity, v } = identityAttributes('IDENT');
    const claimed = await updateItem(table, {
      Key: keyAttributes(identityKey(store, identity)),
      UpdateExpression: 'SET #c = :c, #entity = :entity, #v = :v',
      ConditionExpression: 'attribute_not_exists(#c)',
      ExpressionAttributeNames: { '#c': 'c', '#entity': 'entity', '#v': 'v' },
      ExpressionAttributeValues: { ':c': { S: customerId }, ':entity': entity, ':v': v },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    const owner = claimed.type === 'refused' && claimed.there ? identItem.read(claimed.there).owner : undefined;
    return owner ?? customerId;
  },
  async release(store, identity, from) {
    const owners = from.map((owner, n) => [`:c${n}`, { S: owner }] as const);
    await updateItem(table, {
      Key: keyAttributes(identityKey(store, identity)),
      UpdateExpression: 'SET #x = #c REMOVE #c',
      ConditionExpression: `#c IN (${owners.map(([name]) => name).join(', ')})`,
      ExpressionAttributeNames: { '#c': 'c', '#x': 'x' },
      ExpressionAttributeValues: Object.fromEntries(owners),
    });
  },
});
