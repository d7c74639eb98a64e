import type { DueEntry, DueIndex } from '../../ports/due-index.ts';
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

export const memoryDueIndex = (table: MemoryTable): DueIndex => {
  const leases = new Map<string, number>();
  return {
    shards: table.dueShards,
    async oldest(kind, shard, limit, after) {
      const entries = [...table.due()]
        .flatMap((row) => entryOf(row) ?? [])
        .filter((entry) => entry.kind === kind && dueShard(entry.customerId, table.dueShards) === shard);
      return entries
        .filter((entry) => after === undefined || orderOf(entry) > orderOf(after))
        .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
        .slice(0, limit);
    },
    async lease(kind, shard, now, until) {
      const name = `${kind}#${shard}`;
      if ((leases.get(name) ?? now) > now) return false;
      leases.set(name, until);
      return true;
    },
  };
};
