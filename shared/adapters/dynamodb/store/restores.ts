import { type Restore, type RestoreCounts, restoreSteps } from '../../../domain/restore/restore.ts';
import type { Restores } from '../../../ports/restores.ts';
import { number, oneOf, text } from '../codec/codec.ts';
import { itemOf, keyAttributes } from '../codec/item.ts';
import { shape } from '../codec/shape.ts';
import { updateItem } from '../conditional.ts';
import { restoreKey, storeKey } from '../keys.ts';
import type { DynamoTable } from '../table.ts';
import { dynamoStoreWork } from './store-work.ts';

const countsShape = shape<RestoreCounts>({
  erasures: ['erasures', number],
  suppressions: ['suppressions', number],
  withdrawals: ['withdrawals', number],
  sends: ['sends', number],
});

const restoreItem = itemOf(
  'RESTORE',
  shape<Restore>({
    version: ['n', number],
    restoredAt: ['restoredAt', number],
    step: ['step', oneOf(restoreSteps)],
    place: ['place', text, 'optional'],
    total: ['total', number, 'optional'],
    done: ['done', countsShape],
    round: ['round', number],
    missing: ['missing', number],
    dueAt: ['dueAt', number, 'optional'],
    finishedAt: ['finishedAt', number, 'optional'],
    left: ['left', number, 'optional'],
  }),
);

export const dynamoRestores = (table: DynamoTable): Restores => ({
  ...dynamoStoreWork(table, { item: restoreItem, keyOf: restoreKey }),
  async mark(store, restoredAt) {
    await updateItem(table, {
      Key: keyAttributes(storeKey(store)),
      UpdateExpression: 'SET #at = :at',
      ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(#at) OR #at < :at)',
      ExpressionAttributeNames: { '#at': 'restoredAt' },
      ExpressionAttributeValues: { ':at': number.encode(restoredAt) },
    });
  },
});
