import type { StoreCatalogue } from '../../ports/store-settings.ts';
import { storeKey, storeNameKey } from '../dynamodb/keys.ts';
import type { MemoryTable } from './memory-table.ts';

export const memoryStoreCatalogue = (table: MemoryTable): StoreCatalogue => ({
  async settings(store) {
    return table.get('STORE', storeKey(store));
  },
  async put(settings) {
    table.put('STORE_NAME', storeNameKey(settings.id), {});
    table.put('STORE', storeKey(settings.id), settings);
  },
});
