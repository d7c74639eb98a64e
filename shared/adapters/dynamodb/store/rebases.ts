import type { Rebase } from '../../../domain/definitions/rebase.ts';
import type { Rebases } from '../../../ports/rebases.ts';
import { number, text } from '../codec/codec.ts';
import { itemOf } from '../codec/item.ts';
import { shape } from '../codec/shape.ts';
import { rebaseKey } from '../keys.ts';
import type { DynamoTable } from '../table.ts';
import { dynamoStoreWork } from './store-work.ts';

const rebaseItem = itemOf(
  'REBASE',
  shape<Rebase>({
    version: ['n', number],
    lifecycle: ['lifecycle', number],
    fit: ['fit', number],
    startedAt: ['startedAt', number],
    perMinute: ['perMinute', number],
    total: ['total', number],
    round: ['round', number],
    shard: ['shard', number],
    after: ['after', text, 'optional'],
    passed: ['passed', number],
    handed: ['handed', number],
    dueAt: ['dueAt', number, 'optional'],
    finishedAt: ['finishedAt', number, 'optional'],
    left: ['left', number, 'optional'],
  }),
);

export const dynamoRebases = (table: DynamoTable): Rebases =>
  dynamoStoreWork(table, { item: rebaseItem, keyOf: rebaseKey });
