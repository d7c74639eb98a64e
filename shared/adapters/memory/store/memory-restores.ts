import type { Restores } from '../../../ports/restores.ts';
import { restoreKey, storeKey } from '../../dynamodb/keys.ts';
import type { MemoryTable } from '../memory-table.ts';
import { memoryStoreWork } from './memory-store-work.ts';

export const memoryRestores = (table: MemoryTable): Restores => ({
  ...memoryStoreWork(table, 'RESTORE', {
    keyOf: restoreKey,
    get: (key) => table.get('RESTORE', key),
    put: (key, restore) => table.put('RESTORE', key, restore),
  }),
  async mark(store, restoredAt) {
    const settings = table.get('STORE', storeKey(store));
    if (settings === undefined || (settings.restoredAt ?? 0) >= restoredAt) return;
    table.put('STORE', storeKey(store), { ...settings, restoredAt });
  },
});
