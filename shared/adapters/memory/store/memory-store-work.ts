import type { EpochMs } from '../../../domain/time.ts';
import type { StoreWork } from '../../../ports/store-work.ts';
import { type ItemKey, storeOfPk } from '../../dynamodb/keys.ts';
import type { MemoryTable } from '../memory-table.ts';

type Work = Readonly<{ version: number; dueAt?: EpochMs }>;

/** One kind of work over stores, wherever `get` and `put` keep it. */
export const memoryStoreWork = <T extends Work>(
  table: MemoryTable,
  entity: 'REBASE' | 'RECONCILE' | 'RESTORE',
  {
    keyOf,
    get,
    put,
  }: Readonly<{
    keyOf: (store: string) => ItemKey;
    get(key: ItemKey): T | undefined;
    put(key: ItemKey, work: T): void;
  }>,
): StoreWork<T> => ({
  load: async (store) => get(keyOf(store)),
  async save(store, work) {
    if ((get(keyOf(store))?.version ?? 0) !== work.version - 1) return { type: 'stale' };
    put(keyOf(store), work);
    return { type: 'saved' };
  },
  waiting: async () =>
    [...table.rows()]
      .flatMap((row) => {
        const store = storeOfPk(row.key.pk);
        const dueAt = row.entity === entity ? get(row.key)?.dueAt : undefined;
        return store === undefined || dueAt === undefined ? [] : [{ store, dueAt }];
      })
      .sort((a, b) => a.dueAt - b.dueAt),
});
