import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { type Breaker, newBreaker } from '../../../domain/pace/breaker.ts';
import type { Breakers } from '../../../ports/breakers.ts';
import { number, oneOf } from '../codec/codec.ts';
import { itemOf, keyAttributes } from '../codec/item.ts';
import { shape } from '../codec/shape.ts';
import { ifVersionBefore, putItem } from '../conditional.ts';
import { breakerKey } from '../keys.ts';
import type { DynamoTable } from '../table.ts';

const breakerItem = itemOf(
  'BREAKER',
  shape<Breaker>({
    version: ['n', number],
    state: ['s', oneOf(['closed', 'open', 'half-open'])],
    since: ['si', number],
    countFrom: ['cf', number],
    openings: ['o', number],
    until: ['u', number, 'optional'],
    cause: ['ca', oneOf(['bounces', 'complaints']), 'optional'],
    probesLeft: ['p', number, 'optional'],
  }),
);

export const dynamoBreakers = (table: DynamoTable): Breakers => ({
  async load(scope) {
    const Key = keyAttributes(breakerKey(scope));
    const { Item } = await table.client.send(new GetItemCommand({ TableName: table.name, Key, ConsistentRead: true }));
    return Item === undefined ? newBreaker : breakerItem.read(Item);
  },
  async save(scope, breaker) {
    const item = breakerItem.write(breakerKey(scope), breaker);
    const written = await putItem(table, item, ifVersionBefore(breaker.version));
    return written.type === 'written' ? { type: 'saved' } : { type: 'stale' };
  },
});
