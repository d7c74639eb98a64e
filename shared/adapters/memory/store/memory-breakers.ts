import { newBreaker } from '../../../domain/pace/breaker.ts';
import type { Breakers } from '../../../ports/breakers.ts';
import { breakerKey } from '../../dynamodb/keys.ts';
import type { MemoryTable } from '../memory-table.ts';

export const memoryBreakers = (table: MemoryTable): Breakers => ({
  async load(scope) {
    return table.get('BREAKER', breakerKey(scope)) ?? newBreaker;
  },
  async save(scope, breaker) {
    const there = table.get('BREAKER', breakerKey(scope))?.version ?? 0;
    if (there !== breaker.version - 1) return { type: 'stale' };
    table.put('BREAKER', breakerKey(scope), breaker);
    return { type: 'saved' };
  },
});
