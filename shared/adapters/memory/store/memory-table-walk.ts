import type { EpochMs } from '../../../domain/time.ts';
import type { Doorbell, TableWalk } from '../../../ports/reconciles.ts';
import type { MemoryTable, Row } from '../memory-table.ts';

/** Any order will do; this one stays. */
const placeOf = ({ key: { pk, sk } }: Row): string => JSON.stringify([pk, sk]);
const byPlace = (a: Row, b: Row): number => (placeOf(a) < placeOf(b) ? -1 : 1);

/** What rings for an item, and when the item is dated; undated it is always wanted. */
type Rings = Readonly<{ call: Doorbell; store: string; at?: EpochMs }>;

const customerOf = (row: Row): Rings | undefined => {
  if (row.entity !== 'CUSTOMER') return undefined;
  const { store, customerId: customer, decidedAt, erasedAt = 0, mergedInto } = row.value;
  const call = { type: 'customer', store, customer } as const;
  return mergedInto === undefined ? { call, store, at: Math.max(decidedAt, erasedAt) } : { call, store };
};

const arrivalOf = (row: Row): Rings | undefined => {
  switch (row.entity) {
    case 'ORDER': {
      const { store, source, orderId, updatedAt: at } = row.value.order;
      return { call: { type: 'order', key: { store, source, orderId } }, store, at };
    }
    case 'REFUND': {
      const { store, source, orderId, at } = row.value;
      return { call: { type: 'order', key: { store, source, orderId } }, store, at };
    }
    case 'EVENT': {
      const { store, source, eventId } = row.value;
      return { call: { type: 'event', store, source, eventId }, store };
    }
    default:
      return undefined;
  }
};

export const memoryTableWalk = (table: MemoryTable): TableWalk => ({
  async page(store, { walk, since = Number.NEGATIVE_INFINITY, after = '', limit }) {
    const rest = [...table.rows()].filter((row) => placeOf(row) > after).sort(byPlace);
    const looked = rest.slice(0, limit);
    const last = rest.length > limit ? looked.at(-1) : undefined;
    const rings = looked.flatMap((row) => (walk === 'customers' ? customerOf(row) : arrivalOf(row)) ?? []);
    return {
      found: rings
        .filter((ring) => ring.store === store && (ring.at === undefined || ring.at >= since))
        .map(({ call }) => call),
      looked: looked.length,
      readUnits: Math.ceil(looked.length / 2),
      ...(last !== undefined && { next: placeOf(last) }),
    };
  },
});
