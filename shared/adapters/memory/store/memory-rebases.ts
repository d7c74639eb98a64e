import type { Rebases } from '../../../ports/rebases.ts';
import { rebaseKey } from '../../dynamodb/keys.ts';
import type { MemoryTable } from '../memory-table.ts';
import { memoryStoreWork } from './memory-store-work.ts';

export const memoryRebases = (table: MemoryTable): Rebases =>
  memoryStoreWork(table, 'REBASE', {
    keyOf: rebaseKey,
    get: (key) => table.get('REBASE', key),
    put: (key, rebase) => table.put('REBASE', key, rebase),
  });
