import { days, type EpochMs } from '../../time.ts';
import type { CustomerSeries } from '../customer-series.ts';
import type { Fit } from '../fit.ts';
import { fewestForQuantiles } from './rfm.ts';

const tops = [0.05, 0.1, 0.2, 0.25, 0.3, 0.5] as const;

/** Occasions in the last 12 months of a repeat customer; `undefined` for others. */
const lastYearOf = (series: CustomerSeries, asOf: EpochMs): number | undefined => {
  let [ever, recent] = [0, 0];
  for (const { at } of series) {
    if (at > asOf) break;
    ever += 1;
    if (at > asOf - days(365)) recent += 1;
  }
  return ever < 2 ? undefined : recent;
};

/** The least number from one on that at most `most` customers reach, or else the highest anybody has. */
const cutOff = (descending: Float64Array, most: number): number => {
  const highest = Math.max(1, descending[0] ?? 1);
  const firstOut = descending[most] ?? 0;
  return Math.min(firstOut + 1, highest);
};

/**
 * For each top share, the occasions in the 12 months before `asOf` that put a repeat customer (two or more ever) into it.
 *
 * Customers with as many occasions are in or out together, and out when all of them together would be more than the share:
 * the top 25 % are never more than 25 %, unless that would be nobody; then the best are in, however many tie.
 * Nobody is in without an occasion in the last 12 months.
 *
 * @returns `undefined` under 25 repeat customers: too few to speak of shares.
 */
export const topShares = (series: readonly CustomerSeries[], asOf: EpochMs): Fit['topLast12Months'] => {
  const counts = series.flatMap((each) => lastYearOf(each, asOf) ?? []);
  if (counts.length < fewestForQuantiles) return undefined;
  const descending = Float64Array.from(counts).sort().reverse();
  return tops.map((top) => ({ top, orders: cutOff(descending, Math.floor(top * counts.length)) }));
};
