import type { EpochMs } from '../../time.ts';
import type { CustomerSeries } from '../customer-series.ts';
import type { SpendModel, SpendSummary } from './spend-model.ts';

/**
 * A customer's repeat purchases in money: those after the first up to `asOf`, because the first is often of another kind.
 *
 * Occasions that brought nothing are left out. Absent when none is left.
 *
 * @param minorPerMajor Minor units per major unit of the store's currency: 100 for GBP, 1 for JPY.
 */
export const spendSummaryOf = (
  series: CustomerSeries,
  asOf: EpochMs,
  minorPerMajor: number,
): SpendSummary | undefined => {
  const paid = series.slice(1).filter(({ at, netMinor }) => at <= asOf && netMinor > 0);
  const minor = paid.reduce((sum, { netMinor }) => sum + netMinor, 0);
  return paid.length === 0 ? undefined : { repeats: paid.length, meanSpend: minor / paid.length / minorPerMajor };
};

/**
 * What a customer spends per purchase in the long run, in major units: their own mean, pulled towards the store's.
 *
 * Fader, Hardie 2013, equation (5). Without a purchase to judge by: the store's mean, p v / (q - 1).
 */
export const expectedSpend = ({ p, q, v }: SpendModel, summary: SpendSummary | undefined): number => {
  const { repeats, meanSpend } = summary ?? { repeats: 0, meanSpend: 0 };
  return (p * (v + repeats * meanSpend)) / (p * repeats + q - 1);
};
