import { newPace } from '../../../domain/pace/pace.ts';
import type { Paces } from '../../../ports/pacing.ts';
import { paceKey } from '../../dynamodb/keys.ts';
import type { MemoryTable } from '../memory-table.ts';

export const memoryPaces = (table: MemoryTable): Paces => ({
  async load() {
    return table.get('PACE', paceKey) ?? newPace;
  },
  async save(pace) {
    if ((table.get('PACE', paceKey)?.version ?? 0) !== pace.version - 1) return { type: 'stale' };
    table.put('PACE', paceKey, pace);
    return { type: 'saved' };
  },
});
