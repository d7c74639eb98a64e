import type { Suppression } from '../../domain/customers/suppression.ts';
import type { SuppressionList } from '../../ports/store-settings.ts';
import { suppressionKey } from '../dynamodb/keys.ts';
import type { MemoryTable } from './memory-table.ts';

const givesWay = (there: Suppression, { by, at }: Suppression): boolean => {
  const liftedAt = there.liftedAt ?? Number.POSITIVE_INFINITY;
  if (by === 'erasure') return (there.by === 'erasure' && at > there.at) || liftedAt <= at;
  return there.by === 'erasure' || liftedAt < at;
};

export const memorySuppressionList = (table: MemoryTable): SuppressionList => ({
  async add(store, addressHash, suppression) {
    const key = suppressionKey(store, addressHash);
    const there = table.get('SUPPRESSION', key);
    if (there === undefined || givesWay(there, suppression)) table.put('SUPPRESSION', key, suppression);
  },
  async lift(store, addressHash, at) {
    const key = suppressionKey(store, addressHash);
    const there = table.get('SUPPRESSION', key);
    if (there === undefined || there.by === 'erasure' || there.at > at || (there.liftedAt ?? -1) >= at) return;
    table.put('SUPPRESSION', key, { ...there, liftedAt: at });
  },
  async find(store, addressHash) {
    return table.get('SUPPRESSION', suppressionKey(store, addressHash));
  },
});
