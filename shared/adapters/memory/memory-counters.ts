import { hourOf } from '../../domain/pace/mail-health.ts';
import type { StoreId } from '../../domain/store.ts';
import type { MailHealth } from '../../ports/breakers.ts';
import type { Counters } from '../../ports/store-settings.ts';
import { type CounterMove, healthCounter, hourCounts } from '../counter-moves.ts';
import { counterKey } from '../dynamodb/keys.ts';
import type { MemoryTable } from './memory-table.ts';

export const moveCounters = (table: MemoryTable, store: StoreId, moves: readonly CounterMove[]): void => {
  for (const { what, day, name, by } of moves) {
    const key = counterKey(store, what, day, 0);
    const counts = table.get('COUNT', key) ?? {};
    table.put('COUNT', key, { ...counts, [name]: (counts[name] ?? 0) + by });
  }
};

export const memoryCounters = (table: MemoryTable): Counters => ({
  async read(store, what, fromDay, toDay) {
    const days: { day: string; counts: Readonly<Record<string, number>> }[] = [];
    const prefix = `S#${store}#N#${what}#`;
    for (const row of table.rows()) {
      if (row.entity !== 'COUNT' || !row.key.pk.startsWith(prefix)) continue;
      const day = row.key.pk.slice(prefix.length, prefix.length + 10);
      if (day >= fromDay && day <= toDay) days.push({ day, counts: row.value });
    }
    return days.sort((a, b) => (a.day < b.day ? -1 : 1));
  },
});

export const memoryMailHealth = (table: MemoryTable): MailHealth => ({
  async read(store, from, to) {
    const prefix = `S#${store}#N#${healthCounter}#`;
    const rows = [...table.rows()].flatMap((row) =>
      row.entity === 'COUNT' && row.key.pk.startsWith(prefix)
        ? [hourCounts(row.key.pk.slice(prefix.length, prefix.length + 13), row.value)]
        : [],
    );
    return rows.filter(({ hour }) => hour >= hourOf(from) && hour <= hourOf(to));
  },
});
