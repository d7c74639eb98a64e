import { latestVersions, type Occasion, occasionsIn } from '../facts/fold-orders.ts';
import { type CountingPolicy, counts } from '../orders/counting.ts';
import type { OrderRow } from '../orders/order-row.ts';

/** What a fit reads of one customer: the countable occasions, oldest first. Never empty. */
export type CustomerSeries = readonly Occasion[];

/** The series of a customer's order rows; empty when nothing counts. */
export const seriesOf = (rows: readonly OrderRow[], policy: CountingPolicy): CustomerSeries =>
  occasionsIn(latestVersions(rows).filter((row) => counts(row, policy)));
