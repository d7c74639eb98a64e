import fc from 'fast-check';
import type { HistoryOrder, HistoryRefund, OrderFileHistory } from '../../../infra/local/orders/history.ts';
import { days, type EpochMs, hours } from '../../../shared/domain/time.ts';
import { start } from '../../support/customers.ts';

const anyOrder = fc.record({
  who: fc.constantFrom('c1', 'c2', 'c3'),
  /** Since the order before, whoever's: some within the hour, most weeks apart. */
  gapMs: fc.oneof(
    fc.integer({ min: 0, max: hours(30) }),
    fc.integer({ min: days(2), max: days(150) }),
    // At the very instant a wake is due.
    fc.constantFrom(days(94), days(185), days(308)),
  ),
  status: fc.constantFrom('paid', 'paid', 'paid', 'paid', 'pending', 'cancelled', 'partially_refunded'),
  totalMinor: fc.integer({ min: 0, max: 20_000 }),
  country: fc.constantFrom('GB', 'US', undefined),
  sku: fc.constantFrom('MUG', 'TEA', 'CUP'),
  /** Given back so long after, in so many parts, if at all. */
  refund: fc.option(fc.record({ afterMs: fc.integer({ min: 0, max: days(120) }), whole: fc.boolean() }), { freq: 3 }),
});
type Draft = typeof anyOrder extends fc.Arbitrary<infer T> ? T : never;

const orderOf = (draft: Draft, index: number, placedAt: EpochMs): HistoryOrder => ({
  orderId: `o${index}`,
  customerId: draft.who,
  ...(draft.country === undefined ? {} : { country: draft.country }),
  placedAt,
  currency: 'GBP',
  status: draft.status,
  totalMinor: draft.totalMinor,
  refundedMinor: draft.status === 'partially_refunded' ? Math.floor(draft.totalMinor / 3) : 0,
  lines: [{ sku: draft.sku, quantity: 1, amountMinor: draft.totalMinor }],
});

const refundOf = (order: HistoryOrder, { refund }: Draft): readonly HistoryRefund[] => {
  if (refund === null || order.totalMinor === 0) return [];
  const refundedMinor = refund.whole ? order.totalMinor : Math.ceil(order.totalMinor / 2);
  if (refundedMinor <= order.refundedMinor) return [];
  return [{ orderId: order.orderId, invoice: `C${order.orderId}`, at: order.placedAt + refund.afterMs, refundedMinor }];
};

const historyOf = (drafts: readonly Draft[]): OrderFileHistory => {
  let at = start + hours(1);
  const orders = drafts.map((draft, index) => {
    at += draft.gapMs;
    return orderOf(draft, index, at);
  });
  return {
    ...{ layout: 'made up', currency: 'GBP', rows: orders.length, orders, corrections: [], assumptions: [] },
    refunds: orders.flatMap((order, index) => refundOf(order, drafts[index] ?? ({ refund: null } as Draft))),
    ...{ customers: new Set(orders.map(({ customerId }) => customerId)).size, ordersWithoutCustomer: 0 },
  };
};

/** A few customers over a year or two: orders close together and far apart, refunds, payments that never came. */
export const anyHistory: fc.Arbitrary<OrderFileHistory> = fc
  .array(anyOrder, { minLength: 1, maxLength: 14 })
  .map(historyOf);
