import type { StoreList } from '../../../ports/store-list.ts';
import { storesPk } from '../../dynamodb/keys.ts';
import type { MemoryTable } from '../memory-table.ts';

export const memoryStoreList = (table: MemoryTable): StoreList => ({
  stores: async () => table.partition(storesPk).map(({ key }) => key.sk),
});
