import type { EpochMs } from '../time.ts';
import type { CustomerSeries } from './customer-series.ts';
import type { Fit } from './fit.ts';
import { spendSummaryOf } from './purchases/expected-spend.ts';
import { fitPurchases, type PurchaseFit } from './purchases/fit-purchases.ts';
import { fitSpend, type SpendFit } from './purchases/fit-spend.ts';
import { summaryOf } from './purchases/purchase-summary.ts';
import { fitReturnChance } from './return-chance/fit-return-chance.ts';
import { fitSilence } from './silence/fit-silence.ts';
import { fitCycle } from './standing/fit-cycle.ts';
import { rfmBounds } from './standing/rfm.ts';
import { topShares } from './standing/top-shares.ts';

/** A store's customers, and how to look at them. */
export type FitInput = Readonly<{
  /** Countable occasions of each customer; those after `asOf` are not looked at. */
  series: readonly CustomerSeries[];
  asOf: EpochMs;
  /** Fit version 0 of the store's rhythm. */
  prior: Fit;
  /** How far ahead expected orders and return chance look, days. */
  horizonDays: number;
  minorPerMajor: number;
  version: number;
}>;

/** A fit, and what it rests on. Flags name what the data could not tell. */
export type StoreFit = Readonly<{
  fit: Fit;
  customers: number;
  purchases: PurchaseFit;
  spend: SpendFit;
  flags: readonly string[];
}>;

/**
 * Makes a store's fit from its own history. Every input has an answer: what the data cannot tell leans on the prior, and says so.
 *
 * @see docs/adr/0070-silence-curve.md, docs/adr/0071-purchase-models.md, docs/adr/0072-return-chance.md
 */
export const fitStore = ({ series, asOf, prior, horizonDays, minorPerMajor, version }: FitInput): StoreFit => {
  const seen = seenBy(series, asOf);
  const purchases = fitPurchases(seen.map((each) => summaryOf(each, asOf)));
  const spend = fitSpend(seen.flatMap((each) => spendSummaryOf(each, asOf, minorPerMajor) ?? []));
  const cycle = fitCycle(seen, prior.cycle);
  const known = purchases.method === 'prior-only' ? {} : { purchases: purchases.model };
  const returns = fitReturnChance({ series: seen, asOf, horizonDays, cycle, ...known });
  return {
    customers: seen.length,
    purchases,
    spend,
    flags: [...new Set([...purchases.flags, ...spend.flags, ...returns.flags])],
    fit: {
      version,
      curves: fitSilence({ series: seen, asOf, prior: prior.curves[0] }),
      cycle,
      horizonDays,
      ...optional('topLast12Months', topShares(seen, asOf)),
      ...optional('rfm', rfmBounds(seen, asOf)),
      ...known,
      ...optional('spend', spend.model),
      ...optional('returnChance', returns.model),
    },
  };
};

/** What had happened by then: nothing later, and nobody who came later. */
const seenBy = (series: readonly CustomerSeries[], asOf: EpochMs): readonly CustomerSeries[] =>
  series.flatMap((each) => {
    const seen = (each.at(-1)?.at ?? 0) <= asOf ? each : each.filter(({ at }) => at <= asOf);
    return seen.length === 0 ? [] : [seen];
  });

const optional = <K extends string, V>(field: K, value: V | undefined) =>
  (value === undefined ? {} : { [field]: value }) as Partial<Record<K, V>>;
