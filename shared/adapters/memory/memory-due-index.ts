import type { EpochMs } from '../../domain/time.ts';
import type { DueEntry, DueIndex, DuePage, Round } from '../../ports/due-index.ts';
import { customerOfPk, dueShard, dueSk } from '../dynamodb/keys.ts';
import type { MemoryTable, Row } from './memory-table.ts';

const entryOf = ({ due, key }: Row): DueEntry | undefined => {
  const owner = customerOfPk(key.pk);
  return (
    due && owner && { kind: due.kind, dueAt: due.at, store: owner.store, customerId: owner.customerId, item: key.sk }
  );
};

const orderOf = (entry: DueEntry): string =>
  dueSk(entry.dueAt, { pk: `S#${entry.store}#C#${entry.customerId}`, sk: entry.item });

const pageName = ({ kind, shard }: DuePage): string => `${kind}#${shard}`;

export const memoryDueIndex = (table: MemoryTable): DueIndex => {
  const leases = new Map<string, Readonly<{ until: EpochMs; round: Round }>>();
  return {
    shards: table.dueShards,
    async oldest(kind, shard, limit, after) {
      const last = after === undefined ? undefined : orderOf(after);
      return [...table.due()]
        .filter(({ due }) => due?.kind === kind)
        .flatMap((row) => entryOf(row) ?? [])
        .filter(({ customerId }) => dueShard(customerId, table.dueShards) === shard)
        .map((entry) => ({ entry, order: orderOf(entry) }))
        .filter(({ order }) => last === undefined || order > last)
        .sort((a, b) => (a.order < b.order ? -1 : 1))
        .slice(0, limit)
        .map(({ entry }) => entry);
    },
    async lease(page, { now, until, from = 0 }) {
      const there = leases.get(pageName(page)) ?? { until: 0, round: { startedAt: now, handed: 0 } };
      if (there.until > now && there.until !== from) return undefined;
      leases.set(pageName(page), { ...there, until });
      return there.round;
    },
    async release(page, held, round, handedOn = 0) {
      if (leases.get(pageName(page))?.until === held) leases.set(pageName(page), { until: handedOn, round });
    },
  };
};
