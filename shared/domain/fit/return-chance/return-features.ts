import { days, type EpochMs } from '../../time.ts';
import type { CustomerSeries } from '../customer-series.ts';
import type { Fit } from '../fit.ts';
import { expectedPurchases } from '../purchases/expected-purchases.ts';
import type { PurchaseModel } from '../purchases/purchase-model.ts';
import type { ReturnFeatures } from './return-model.ts';

/** All that the return chance reads of a customer: occasions, and the first and the last of them. */
export type ReturnPast = Readonly<{ orders: number; firstAt: EpochMs; lastAt: EpochMs }>;

/** What was known of a customer at an instant; `undefined` before the first occasion. */
export const pastOf = (series: CustomerSeries, at: EpochMs): ReturnPast | undefined => {
  let orders = series.length;
  while (orders > 0 && (series[orders - 1]?.at ?? 0) > at) orders -= 1;
  const [first, last] = [series[0], series[orders - 1]];
  return first === undefined || last === undefined ? undefined : { orders, firstAt: first.at, lastAt: last.at };
};

/** Through which eyes features are seen: those of the fit that the model belongs to. */
export type ReturnView = Readonly<{
  horizonDays: number;
  cycle: Fit['cycle'];
  /** Absent: nothing is expected of anybody, and the feature says nothing. */
  purchases?: PurchaseModel | undefined;
}>;

/** A gap of a day is the shortest there is: orders nearer are one occasion. */
const shortestCycleDays = 1;
const leastExpected = 1e-4;

/** ln(e^x - 1), without overflow. */
const logitOf = (x: number): number => x + Math.log(-Math.expm1(-x));

const cycleDays = (gaps: number, spanDays: number, { cycle }: ReturnView): number =>
  Math.max(shortestCycleDays, (spanDays + cycle.weight * cycle.days) / Math.max(gaps + cycle.weight, 1e-9));

/** The features of a customer at an instant at or after the last occasion. */
export const returnFeaturesOf = (
  { orders, firstAt, lastAt }: ReturnPast,
  at: EpochMs,
  view: ReturnView,
): ReturnFeatures => {
  const [day, week] = [days(1), days(7)];
  const silence = Math.max(0, at - lastAt) / day;
  const span = (lastAt - firstAt) / day;
  const summary = {
    repeats: orders - 1,
    lastWeek: (lastAt - firstAt) / week,
    ageWeeks: Math.max(at - firstAt, lastAt - firstAt) / week,
  };
  const { purchases, horizonDays } = view;
  const expected = purchases === undefined ? 0 : expectedPurchases(purchases, summary, horizonDays / 7);
  return {
    logFrequency: Math.log(orders),
    logFreshness: -Math.log(1 + silence),
    logYouth: -Math.log(1 + span + silence),
    logRhythm: -Math.log(1 + silence / cycleDays(orders - 1, span, view)),
    logitExpected: logitOf(Math.max(leastExpected, expected)),
  };
};
