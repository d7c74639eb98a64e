import { uniformOf } from '../../../domain/hash.ts';
import type { CustomerRoll } from '../../../ports/customer-roll.ts';
import { rollShard, rollShards } from '../../dynamodb/keys.ts';
import type { MemoryTable } from '../memory-table.ts';

/** @param shards A divisor of those on AWS, where fewer are enough. */
export const memoryCustomerRoll = (table: MemoryTable, shards: number = rollShards): CustomerRoll => ({
  shards,
  async page(store, shard, { after = '', limit }) {
    const found = [...table.rows()]
      .flatMap((row) => (row.entity === 'CUSTOMER' && row.value.store === store ? [row.value] : []))
      .filter(({ mergedInto, erasedAt }) => mergedInto === undefined && erasedAt === undefined)
      .filter(({ customerId }) => rollShard(customerId) % shards === shard && customerId > after)
      .sort((a, b) => (a.customerId < b.customerId ? -1 : 1));
    const entries = found.slice(0, limit).map(({ customerId, stage, decidedUnder }) => ({
      customerId,
      stage,
      decidedUnder,
      sampleHash: Math.floor(uniformOf(['sample', customerId]) * 10_000),
    }));
    const last = found.length > limit ? entries.at(-1)?.customerId : undefined;
    return { entries, ...(last !== undefined && { next: last }) };
  },
});
