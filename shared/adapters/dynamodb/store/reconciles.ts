import { type Reconcile, walks } from '../../../domain/reconcile/reconcile.ts';
import type { Reconciles } from '../../../ports/reconciles.ts';
import { number, oneOf, text } from '../codec/codec.ts';
import { itemOf } from '../codec/item.ts';
import { shape } from '../codec/shape.ts';
import { reconcileKey } from '../keys.ts';
import type { DynamoTable } from '../table.ts';
import { dynamoStoreWork } from './store-work.ts';

const reconcileItem = itemOf(
  'RECONCILE',
  shape<Reconcile>({
    version: ['n', number],
    startedAt: ['startedAt', number],
    since: ['since', number, 'optional'],
    perMinute: ['perMinute', number],
    total: ['total', number],
    walk: ['walk', oneOf(walks)],
    after: ['after', text, 'optional'],
    looked: ['looked', number],
    items: ['items', number, 'optional'],
    customers: ['customers', number],
    arrivals: ['arrivals', number],
    readUnits: ['readUnits', number],
    dueAt: ['dueAt', number, 'optional'],
    finishedAt: ['finishedAt', number, 'optional'],
  }),
);

export const dynamoReconciles = (table: DynamoTable): Reconciles =>
  dynamoStoreWork(table, { item: reconcileItem, keyOf: reconcileKey });
