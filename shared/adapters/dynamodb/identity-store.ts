import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { IdentityStore } from '../../ports/identity-store.ts';
import { text } from './codec/codec.ts';
import { identityAttributes, itemOf, keyAttributes } from './codec/item.ts';
import { shape } from './codec/shape.ts';
import { updateItem } from './conditional.ts';
import { identityKey } from './keys.ts';
import type { DynamoTable } from './table.ts';

const identItem = itemOf('IDENT', shape<Readonly<{ owner: string }>>({ owner: ['c', text] }));

export const dynamoIdentityStore = (table: DynamoTable): IdentityStore => ({
  async find(store, identity) {
    const Key = keyAttributes(identityKey(store, identity));
    const { Item } = await table.client.send(new GetItemCommand({ TableName: table.name, Key }));
    return Item && identItem.read(Item).owner;
  },
  async claim(store, identity, customerId, from = []) {
    const { entity, v } = identityAttributes('IDENT');
    const owners = from.map((owner, n) => [`:c${n}`, { S: owner }] as const);
    const fromThese = owners.length === 0 ? '' : ` OR #c IN (${owners.map(([name]) => name).join(', ')})`;
    const claimed = await updateItem(table, {
      Key: keyAttributes(identityKey(store, identity)),
      UpdateExpression: 'SET #c = :c, #entity = :entity, #v = :v',
      ConditionExpression: `attribute_not_exists(#c)${fromThese}`,
      ExpressionAttributeNames: { '#c': 'c', '#entity': 'entity', '#v': 'v' },
      ExpressionAttributeValues: { ':c': { S: customerId }, ':entity': entity, ':v': v, ...Object.fromEntries(owners) },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    const owner = claimed.type === 'refused' && claimed.there ? identItem.read(claimed.there).owner : undefined;
    return owner ?? customerId;
  },
});
