import type { Rebases } from '../../../ports/rebases.ts';
import { rebaseKey, storeOfPk } from '../../dynamodb/keys.ts';
import type { MemoryTable } from '../memory-table.ts';

export const memoryRebases = (table: MemoryTable): Rebases => ({
  load: async (store) => table.get('REBASE', rebaseKey(store)),
  async save(store, rebase) {
    if ((table.get('REBASE', rebaseKey(store))?.version ?? 0) !== rebase.version - 1) return { type: 'stale' };
    table.put('REBASE', rebaseKey(store), rebase);
    return { type: 'saved' };
  },
  waiting: async () =>
    [...table.rows()]
      .flatMap(({ entity, key, value }) => {
        const store = storeOfPk(key.pk);
        return entity === 'REBASE' && store !== undefined && value.dueAt !== undefined
          ? [{ store, dueAt: value.dueAt }]
          : [];
      })
      .sort((a, b) => a.dueAt - b.dueAt),
});
