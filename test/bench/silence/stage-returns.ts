import type { OrderHistory } from '../../../shared/domain/facts/order-history.ts';
import type { CustomerSeries } from '../../../shared/domain/fit/customer-series.ts';
import type { Fit } from '../../../shared/domain/fit/fit.ts';
import { topShares } from '../../../shared/domain/fit/standing/top-shares.ts';
import { ecommerce } from '../../../shared/domain/lifecycle/ecommerce.ts';
import { stageOf } from '../../../shared/domain/lifecycle/stage-of.ts';
import { days, type EpochMs } from '../../../shared/domain/time.ts';
import { knownAt } from '../../support/simulated-store.ts';

const historyOf = (occasions: CustomerSeries): OrderHistory => {
  const at = occasions.map((occasion) => occasion.at);
  const lastAt = at.at(-1) ?? 0;
  const previousAt = at.at(-2);
  return {
    orders: at.length,
    counted: at.length,
    placed: at.length,
    revenueMinor: 0,
    refundedMinor: 0,
    firstRevenueMinor: 0,
    grossMinor: 0,
    unconverted: 0,
    firstAt: at[0] ?? 0,
    lastAt,
    ...(previousAt === undefined ? {} : { previousAt }),
    recent: at.slice(0, -1).filter((each) => each > lastAt - days(365)),
    fresh: [],
  };
};

export type Returns = { customers: number; returned: number };
/** Those with one occasion and those with more, by stage. */
export type StageReturns = Readonly<{ once: Map<string, Returns>; more: Map<string, Returns> }>;

const add = (to: Map<string, Returns>, stage: string, returned: boolean): void => {
  const present = to.get(stage) ?? { customers: 0, returned: 0 };
  present.customers += 1;
  present.returned += returned ? 1 : 0;
  to.set(stage, present);
};

/** Who stands in which stage of `ecommerce` at an instant, and how many of them order within the days after. */
export const stageReturns = (
  series: readonly CustomerSeries[],
  curves: Fit['curves'],
  asOf: EpochMs,
  watchDays: number,
): StageReturns => {
  const top = topShares(knownAt(series, asOf), asOf);
  const fit: Fit = {
    version: 1,
    curves,
    cycle: { days: 45, weight: 1 },
    ...(top === undefined ? {} : { topLast12Months: top }),
  };
  const stages: StageReturns = { once: new Map(), more: new Map() };
  for (const occasions of series) {
    const known = occasions.filter(({ at }) => at <= asOf);
    if (known.length === 0) continue;
    const stage = stageOf(ecommerce, { history: historyOf(known), profile: {}, fit, minorPerMajor: 100 }, asOf);
    const nextAt = occasions[known.length]?.at ?? Number.POSITIVE_INFINITY;
    add(known.length === 1 ? stages.once : stages.more, stage, nextAt <= asOf + days(watchDays));
  }
  return stages;
};
