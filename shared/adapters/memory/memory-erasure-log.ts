import type { LogEntry } from '../../domain/restore/log-entry.ts';
import { joinEntries } from '../../domain/restore/stronger.ts';
import type { ErasureLog } from '../../ports/erasure-log.ts';
import { logKey } from '../dynamodb/log/log-item.ts';

export const memoryErasureLog = (): ErasureLog => {
  const stores = new Map<string, Map<string, LogEntry>>();
  const entriesOf = (store: string) => stores.get(store) ?? new Map<string, LogEntry>();
  return {
    async note(told) {
      const entries = entriesOf(told.store);
      const { sk } = logKey(told);
      const known = entries.get(sk);
      stores.set(told.store, entries.set(sk, structuredClone(known === undefined ? told : joinEntries(known, told))));
    },
    async page(store, { after, limit }) {
      const rest = [...entriesOf(store)].filter(([sk]) => after === undefined || sk > after);
      const page = rest.sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, limit);
      const next = page.at(-1)?.[0];
      return {
        entries: page.map(([, entry]) => structuredClone(entry)),
        ...(rest.length > page.length && next !== undefined && { next }),
      };
    },
    count: async (store) => entriesOf(store).size,
  };
};
