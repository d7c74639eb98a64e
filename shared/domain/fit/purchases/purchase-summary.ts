import { days, type EpochMs } from '../../time.ts';
import type { CustomerSeries } from '../customer-series.ts';
import type { PurchaseSummary } from './purchase-model.ts';

/** A shop's clock changes twice a year; the day is no longer or shorter for that. */
const clockChangeDays = 1 / 12;

/** Whole weeks and days between two instants, in weeks of 7 days: BG/NBD's data are dates, as in the paper. */
export const weeksBetween = (from: EpochMs, to: EpochMs): number =>
  Math.floor((to - from) / days(1) + clockChangeDays) / 7;

/**
 * A customer's summary at an instant: weeks of 7 days, in whole days; occasions after `asOf` are not seen.
 *
 * A customer whose first occasion is still to come is one of age 0.
 */
export const summaryOf = (series: CustomerSeries, asOf: EpochMs): PurchaseSummary => {
  const seen = series.filter(({ at }) => at <= asOf);
  const first = seen[0]?.at ?? asOf;
  const last = seen.at(-1)?.at ?? asOf;
  return {
    repeats: Math.max(0, seen.length - 1),
    lastWeek: weeksBetween(first, last),
    ageWeeks: weeksBetween(first, asOf),
  };
};

/** Summaries in columns, ascending by repeats; equal ones stand once with their number in `customers`. */
export type SummaryTable = Readonly<{
  rows: number;
  total: number;
  repeats: Float64Array;
  lastWeek: Float64Array;
  ageWeeks: Float64Array;
  customers: Float64Array;
}>;

const byValues = (a: PurchaseSummary, b: PurchaseSummary): number =>
  a.repeats - b.repeats || a.lastWeek - b.lastWeek || a.ageWeeks - b.ageWeeks;

/** Collapses equal summaries: a likelihood costs one term for each kind of customer, not for each customer. */
export const tableOf = (summaries: readonly PurchaseSummary[]): SummaryTable => {
  const sorted = summaries.toSorted(byValues);
  const kinds = sorted.filter((summary, i) => i === 0 || byValues(summary, sorted[i - 1] ?? summary) !== 0);
  const customers = new Float64Array(kinds.length);
  let kind = -1;
  sorted.forEach((summary, i) => {
    if (i === 0 || byValues(summary, sorted[i - 1] ?? summary) !== 0) kind += 1;
    customers[kind] = (customers[kind] ?? 0) + 1;
  });
  return {
    rows: kinds.length,
    total: summaries.length,
    repeats: Float64Array.from(kinds, ({ repeats }) => repeats),
    lastWeek: Float64Array.from(kinds, ({ lastWeek }) => lastWeek),
    ageWeeks: Float64Array.from(kinds, ({ ageWeeks }) => ageWeeks),
    customers,
  };
};
