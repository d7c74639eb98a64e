import { days, type EpochMs } from '../../time.ts';
import type { CustomerSeries } from '../customer-series.ts';
import type { RfmBounds } from '../fit.ts';

type Four = readonly [number, number, number, number];

/** Below this many, quantiles say more about chance than about customers. */
export const fewestForQuantiles = 25;

const fixedRecencyDays: Four = [30, 90, 180, 365];
const fixedFrequency: Four = [1, 2, 3, 5];

/** The values a fifth, two, three and four fifths of all do not exceed. */
const quintiles = (values: Float64Array): Four => {
  values.sort();
  const at = (fifths: number): number => values[Math.ceil((fifths * values.length) / 5) - 1] ?? 0;
  return [at(1), at(2), at(3), at(4)];
};

type Standing = Readonly<{ silenceDays: number; orders: number; revenueMinor: number }>;

const standingOf = (series: CustomerSeries, asOf: EpochMs): Standing => {
  let [lastAt, orders, revenueMinor] = [asOf, 0, 0];
  for (const { at, netMinor } of series) {
    if (at > asOf) break;
    lastAt = at;
    orders += 1;
    revenueMinor += netMinor;
  }
  return { silenceDays: (asOf - lastAt) / days(1), orders, revenueMinor };
};

const fixedBounds = (standings: readonly Standing[]): RfmBounds => {
  const money = standings.reduce((sum, { revenueMinor }) => sum + revenueMinor, 0);
  const orders = standings.reduce((sum, standing) => sum + standing.orders, 0);
  const average = money / orders;
  return {
    recencyDays: fixedRecencyDays,
    frequency: fixedFrequency,
    monetaryMinor: [average, 2 * average, 3 * average, 5 * average],
  };
};

/**
 * The bounds between the five scores of recency, frequency and money: the store's quintiles at `asOf`.
 *
 * Under 25 customers the bounds are fixed: 30, 90, 180, 365 days; 1, 2, 3, 5 orders; 1, 2, 3, 5 average orders of money.
 * Hughes, "Strategic Database Marketing", 1994 (quintiles); occasions after `asOf` are not looked at.
 *
 * @returns `undefined` when nobody had an occasion by then.
 */
export const rfmBounds = (series: readonly CustomerSeries[], asOf: EpochMs): RfmBounds | undefined => {
  const standings = series.map((each) => standingOf(each, asOf)).filter(({ orders }) => orders > 0);
  if (standings.length === 0) return undefined;
  if (standings.length < fewestForQuantiles) return fixedBounds(standings);
  return {
    recencyDays: quintiles(Float64Array.from(standings, ({ silenceDays }) => silenceDays)),
    frequency: quintiles(Float64Array.from(standings, ({ orders }) => orders)),
    monetaryMinor: quintiles(Float64Array.from(standings, ({ revenueMinor }) => revenueMinor)),
  };
};

export type RfmScores = Readonly<{ recency: number; frequency: number; monetary: number }>;

/** How many of the bounds a value lies above: ties share it. */
const above = (bounds: Four, value: number): number => bounds.filter((bound) => value > bound).length;

/**
 * The three scores of a customer, 1 to 5, 5 is best. Equal values score alike, so a score may have nobody: where most
 * customers ordered once, they share 1 and the next are 4 or 5.
 */
export const rfmScores = (bounds: RfmBounds, { silenceDays, orders, revenueMinor }: Standing): RfmScores => ({
  recency: 5 - above(bounds.recencyDays, silenceDays),
  frequency: 1 + above(bounds.frequency, orders),
  monetary: 1 + above(bounds.monetaryMinor, revenueMinor),
});
