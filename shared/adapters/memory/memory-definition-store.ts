import type { StoreId } from '../../domain/store.ts';
import type { SaveOutcome } from '../../ports/customer-store.ts';
import type { DefinitionStore } from '../../ports/definition-store.ts';
import {
  adoptedAtKey,
  adoptionKey,
  adoptionPrefix,
  fitKey,
  fitPrefix,
  lifecycleKey,
  lifecyclePrefix,
  storePk,
} from '../dynamodb/keys.ts';
import { knownDefinitions } from '../known-definitions.ts';
import type { MemoryTable } from './memory-table.ts';

const saved = (is: boolean): SaveOutcome => ({ type: is ? 'saved' : 'stale' });

export const memoryDefinitionStore = (table: MemoryTable): DefinitionStore => {
  const adoption = async (store: StoreId) => table.get('ADOPTION', adoptionKey(store));
  const fits = async (store: StoreId) =>
    table
      .partition(storePk(store))
      .flatMap((row) => (row.entity === 'FIT' && row.key.sk.startsWith(fitPrefix) ? [row.value] : []))
      .reverse();
  return {
    ...knownDefinitions({
      adoption,
      lifecycle: async (store, version) => table.get('LIFECYCLE', lifecycleKey(store, version))?.lifecycle,
      fit: async (store, version) => table.get('FIT', fitKey(store, version))?.fit,
    }),
    adoption,
    adoptions: async (store) =>
      table
        .partition(storePk(store))
        .flatMap((row) => (row.entity === 'ADOPTION' && row.key.sk.startsWith(adoptionPrefix) ? [row.value] : [])),
    async adopt(store, next) {
      const there = table.get('ADOPTION', adoptionKey(store))?.version ?? 0;
      if (there !== next.version - 1) return saved(false);
      table.put('ADOPTION', adoptionKey(store), next);
      table.put('ADOPTION', adoptedAtKey(store, next.at), next);
      return saved(true);
    },
    async saveLifecycle(store, { lifecycle, savedAt }) {
      const key = lifecycleKey(store, lifecycle.version);
      if (table.get('LIFECYCLE', key) !== undefined) return saved(false);
      table.put('LIFECYCLE', key, { lifecycle, savedAt });
      return saved(true);
    },
    async saveFit(store, next) {
      const key = fitKey(store, next.fit.version);
      if (table.get('FIT', key) !== undefined) return saved(false);
      table.put('FIT', key, next);
      return saved(true);
    },
    lifecycles: async (store) =>
      table
        .partition(storePk(store))
        .flatMap((row) => (row.entity === 'LIFECYCLE' && row.key.sk.startsWith(lifecyclePrefix) ? [row.value] : []))
        .reverse(),
    fits,
    newestFit: async (store) => (await fits(store))[0],
  };
};
