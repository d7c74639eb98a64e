import { latestVersions, type Occasion, occasionsIn } from '../facts/fold-orders.ts';
import type { OrderHistory } from '../facts/order-history.ts';
import { type CountingPolicy, counts } from '../orders/counting.ts';
import type { OrderRow } from '../orders/order-row.ts';

/** What a fit reads of one customer: the countable occasions, oldest first. Never empty. */
export type CustomerSeries = readonly Occasion[];

/** The series of a customer's order rows; empty when nothing counts. */
export const seriesOf = (rows: readonly OrderRow[], policy: CountingPolicy): CustomerSeries =>
  occasionsIn(latestVersions(rows).filter((row) => counts(row, policy)));

/**
 * The series a folded history still holds: what most customers have is two occasions at most.
 *
 * @returns `undefined` where only the order rows tell.
 */
export const seriesInHistory = (history: OrderHistory): CustomerSeries | undefined => {
  const { orders, placed, counted, firstAt, lastAt, firstRevenueMinor, revenueMinor } = history;
  if (orders === 0) return [];
  if (orders > 2 || firstAt === undefined || lastAt === undefined) return undefined;
  const first = { at: firstAt, netMinor: firstRevenueMinor };
  if (orders === 1) return [first];
  // Revenue of orders that do not count belongs to no occasion.
  return placed === counted ? [first, { at: lastAt, netMinor: revenueMinor - firstRevenueMinor }] : undefined;
};
