import type { SuppressionList } from '../../ports/store-settings.ts';
import { suppressionKey } from '../dynamodb/keys.ts';
import type { MemoryTable } from './memory-table.ts';

export const memorySuppressionList = (table: MemoryTable): SuppressionList => ({
  async add(store, addressHash, suppression) {
    const key = suppressionKey(store, addressHash);
    const there = table.get('SUPPRESSION', key);
    if (there === undefined || (there.by === 'erasure' && (suppression.by !== 'erasure' || suppression.at > there.at)))
      table.put('SUPPRESSION', key, suppression);
  },
  async find(store, addressHash) {
    return table.get('SUPPRESSION', suppressionKey(store, addressHash));
  },
});
