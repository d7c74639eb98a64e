import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Order, orderStatuses } from '../../../shared/domain/orders/order.ts';
import { orderVersion } from '../../../shared/domain/orders/order-version.ts';

const base: Order = {
  store: 'demo',
  source: 'standard',
  orderId: '1',
  status: 'paid',
  kind: 'one_time',
  channel: 'online',
  currency: 'GBP',
  totalMinor: 100,
  refundedMinor: 0,
  test: false,
  placedAt: 0,
  updatedAt: 0,
  discounts: [],
  lines: [],
  linesDropped: 0,
};
const order = fc
  .record({
    updatedAt: fc.oneof(fc.nat(3), fc.integer({ min: 0, max: 4e12 })),
    status: fc.constantFrom(...orderStatuses),
    refundedMinor: fc.oneof(fc.nat(3), fc.maxSafeNat()),
    totalMinor: fc.nat(3),
  })
  .map((parts): Order => ({ ...base, ...parts }));

/** The documented ranking, written out again on purpose. */
const ranking =
  'draft pending failed authorized expired partially_paid paid partially_refunded refunded voided cancelled'.split(' ');
const tuple = (o: Order): readonly number[] => [o.updatedAt, ranking.indexOf(o.status), o.refundedMinor];
const compare = (a: readonly number[], b: readonly number[]): number =>
  a.map((x, i) => Math.sign(x - (b[i] ?? 0))).find((s) => s !== 0) ?? 0;

describe('the version of an order', () => {
  it('orders as text as (updatedAt, status rank, refunded) do as numbers', () => {
    fc.assert(
      fc.property(order, order, (a, b) => {
        const expected = compare(tuple(a), tuple(b));
        if (expected === 0) return;
        expect(orderVersion(a) < orderVersion(b) ? -1 : 1).toBe(expected);
      }),
    );
  });
  it('is one for one normalised order, whatever order its members are in, and two for two', () => {
    fc.assert(
      fc.property(order, order, (a, b) => {
        const turned = Object.fromEntries(Object.entries(a).reverse());
        expect(orderVersion({ ...base, ...turned })).toBe(orderVersion(a));
        expect(orderVersion(a) === orderVersion(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });
  it('ranks every status once', () => expect([...ranking].sort()).toEqual([...orderStatuses].sort()));
  it('stays short: it is kept in a row of about 150 bytes', () => {
    expect(orderVersion({ ...base, updatedAt: 4e12, refundedMinor: Number.MAX_SAFE_INTEGER })).toHaveLength(31);
  });
});
