import { latestVersions, occasionsIn } from '../facts/fold-orders.ts';
import { bringsMoney, type CountingPolicy, counts, isReal, netMinor, wasPlaced } from '../orders/counting.ts';
import type { OrderRow } from '../orders/order-row.ts';
import type { EpochMs } from '../time.ts';

/** One occasion: its start, and what its orders brought, net, in minor units of the store's currency. */
export type SeriesOccasion = Readonly<{ at: EpochMs; netMinor: number }>;

/** What a fit reads of one customer: the countable occasions, oldest first. Never empty. */
export type CustomerSeries = readonly SeriesOccasion[];

/** The series of a customer's order rows; empty when nothing counts. */
export const seriesOf = (rows: readonly OrderRow[], policy: CountingPolicy): CustomerSeries => {
  const placed = latestVersions(rows).filter((row) => isReal(row) && wasPlaced(row, policy));
  return occasionsIn(placed.filter((row) => counts(row, policy))).map(({ at, rows: members }) => ({
    at,
    netMinor: members.reduce((sum, row) => sum + (bringsMoney(row, policy) ? netMinor(row) : 0), 0),
  }));
};
