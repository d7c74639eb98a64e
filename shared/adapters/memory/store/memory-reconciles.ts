import type { Reconciles } from '../../../ports/reconciles.ts';
import { reconcileKey } from '../../dynamodb/keys.ts';
import type { MemoryTable } from '../memory-table.ts';
import { memoryStoreWork } from './memory-store-work.ts';

export const memoryReconciles = (table: MemoryTable): Reconciles =>
  memoryStoreWork(table, 'RECONCILE', {
    keyOf: reconcileKey,
    get: (key) => table.get('RECONCILE', key),
    put: (key, reconcile) => table.put('RECONCILE', key, reconcile),
  });
