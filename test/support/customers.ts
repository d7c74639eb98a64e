import fc from 'fast-check';
import { foldOrders } from '../../shared/domain/facts/fold-orders.ts';
import type { Subject } from '../../shared/domain/facts/subject.ts';
import { priorFit } from '../../shared/domain/fit/fit.ts';
import type { OrderRow } from '../../shared/domain/orders/order-row.ts';
import { days, type EpochMs } from '../../shared/domain/time.ts';

/** Where the stories of the tests begin. */
export const start: EpochMs = Date.UTC(2025, 0, 6, 9);

/** Orders count as they do in most shops. */
export const policy = { pendingCounts: false, excludedChannels: [] };

/** A paid order of 50.00, changed as told. */
export const aRow = (change: Partial<OrderRow> = {}): OrderRow => ({
  key: 'standard:1',
  version: '1',
  status: 'paid',
  kind: 'one_time',
  channel: 'online',
  test: false,
  placedAt: start,
  totalMinor: 5_000,
  refundedMinor: 0,
  besidesMinor: 0,
  ...change,
});

/** Orders at these instants, one key each. */
export const rowsAt = (...placed: readonly EpochMs[]): OrderRow[] =>
  placed.map((placedAt, n) => aRow({ key: `standard:${n + 1}`, placedAt }));

export const subjectWith = (rows: readonly OrderRow[], now: EpochMs): Subject => ({
  history: foldOrders(rows, policy, now),
  profile: {},
  fit: priorFit('normal'),
  minorPerMajor: 100,
});

const statuses: readonly OrderRow['status'][] = [
  'paid',
  'paid',
  'pending',
  'cancelled',
  'partially_refunded',
  'paid',
  'refunded',
  'voided',
];

/** One version of one of a few orders over three years; a key and a version always mean the same content. */
export const anyRow: fc.Arbitrary<OrderRow> = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 4 }))
  .map(([key, version]) => {
    const mix = key * 31 + version * 7;
    const status = statuses[mix % statuses.length] ?? 'paid';
    return aRow({
      key: `standard:${key}`,
      version: String(version),
      status,
      placedAt: start + days(((key * 7919) % 1_000) + version * 0.01),
      totalMinor: 1_000 + (mix % 50) * 100,
      refundedMinor: status === 'partially_refunded' ? 300 : status === 'refunded' ? 9_999 : 0,
      besidesMinor: (mix % 3) * 200,
    });
  });

/** A life of orders: gaps in days between them, from hours to years. */
export const anyGaps: fc.Arbitrary<readonly number[]> = fc.array(
  fc.oneof(
    fc.double({ min: 0.01, max: 3, noNaN: true }),
    fc.double({ min: 3, max: 120, noNaN: true }),
    fc.double({ min: 120, max: 900, noNaN: true }),
  ),
  { minLength: 1, maxLength: 8 },
);

export const placedByGaps = (gaps: readonly number[]): EpochMs[] => {
  let at = start;
  return gaps.map((gap) => (at += Math.round(days(gap))));
};
