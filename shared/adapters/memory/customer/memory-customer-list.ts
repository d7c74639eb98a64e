import type { StoreId } from '../../../domain/store.ts';
import type { CustomerStore } from '../../../ports/customer-store.ts';
import { rollShard } from '../../dynamodb/keys.ts';
import type { MemoryTable } from '../memory-table.ts';

/** The order of the roll index: shard, then id. */
const placeOf = (customerId: string): string => `${String(rollShard(customerId)).padStart(2, '0')}.${customerId}`;

const inRoll = (table: MemoryTable, store: StoreId, stage: string | undefined) =>
  [...table.rows()]
    .flatMap((row) => (row.entity === 'CUSTOMER' && row.value.store === store ? [row.value] : []))
    .filter((c) => c.mergedInto === undefined && c.erasedAt === undefined && (stage ?? c.stage) === c.stage)
    .map((c) => ({ item: { customerId: c.customerId, stage: c.stage }, place: placeOf(c.customerId) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1));

export const memoryCustomerList = (table: MemoryTable): Pick<CustomerStore, 'list'> => ({
  async list(store, { stage, cursor, limit }) {
    const found = inRoll(table, store, stage).filter(({ place }) => cursor === undefined || place > cursor);
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1)?.place : undefined;
    return { items: page.map(({ item }) => item), ...(last !== undefined && { cursor: last }) };
  },
});
