import { normalCdf } from '../normal-distribution.ts';
import { maximise, type Slope } from '../numeric/maximise.ts';
import type { GapTable } from './gap-table.ts';
import type { SilenceCurve } from './silence-curve.ts';

/** How far a shop may be from where we look first: standard deviations of ln medianDays, ln sigma and logit returnShare. */
export type Spread = readonly [number, number, number];

const logit = (share: number): number => Math.log(share / (1 - share));
const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** Phi(to) - Phi(from), without cancellation in either tail. */
const between = (from: number, to: number): number =>
  from > 0 ? normalCdf(-from) - normalCdf(-to) : normalCdf(to) - normalCdf(from);

const coordinates = ({ medianDays, sigma, returnShare }: SilenceCurve): readonly [number, number, number] => [
  Math.log(medianDays),
  Math.log(sigma),
  logit(returnShare),
];

const withCoordinates = (curve: SilenceCurve, [median = 0, sigma = 0, share = 0]: readonly number[]): SilenceCurve => ({
  medianDays: Math.exp(median),
  sigma: Math.exp(sigma),
  returnShare: logistic(share),
  horizonDays: curve.horizonDays,
});

type Sum = { value: number; median: number; sigma: number; share: number };

/** Below this the difference of two Phi has lost its digits to underflow; the density in the middle tells the same. */
const underflow = 1e-290;

/** Customers who came back on a day: ln(returnShare (Phi(z at its end) - Phi(z at its start))). */
const addReturned = (sum: Sum, curve: SilenceCurve, day: number, times: number): void => {
  const { medianDays, sigma, returnShare } = curve;
  const to = Math.log(day / medianDays) / sigma;
  // Orders of one day are one occasion: nobody is back sooner.
  const from = Math.log(Math.max(0.5, day - 1) / medianDays) / sigma;
  const share = between(from, to);
  sum.share += times * (1 - returnShare);
  if (share < underflow) {
    const z = Math.log((day - 0.5) / medianDays) / sigma;
    sum.value += times * (Math.log(returnShare / (sigma * (day - 0.5) * Math.sqrt(2 * Math.PI))) - (z * z) / 2);
    sum.median += (times * z) / sigma;
    sum.sigma += times * (z * z - 1);
    return;
  }
  sum.value += times * Math.log(returnShare * share);
  sum.median += (times * (density(from) - density(to))) / (sigma * share);
  sum.sigma += (times * (from * density(from) - to * density(to))) / share;
};

/** Customers still silent after a day: ln(1 - returnShare Phi(z)). */
const addOpen = (sum: Sum, { medianDays, sigma, returnShare }: SilenceCurve, day: number, times: number): void => {
  const z = Math.log((day - 0.5) / medianDays) / sigma;
  const back = normalCdf(z);
  const left = 1 - returnShare * back;
  sum.value += times * Math.log(left);
  sum.median += (times * returnShare * density(z)) / (sigma * left);
  sum.sigma += (times * returnShare * z * density(z)) / left;
  sum.share -= (times * returnShare * (1 - returnShare) * back) / left;
};

const likelihood = (table: GapTable, curve: SilenceCurve): Sum => {
  const sum: Sum = { value: 0, median: 0, sigma: 0, share: 0 };
  for (const { day, returned, open } of table.days) {
    if (returned > 0) addReturned(sum, curve, day, returned);
    if (open > 0) addOpen(sum, curve, day, open);
  }
  return sum;
};

/**
 * The log-normal with a share who never return that explains a band's gaps best, among those near `centre`.
 *
 * Maximum a posteriori of a mixture cure model (Boag 1949; Farewell 1982) over whole days, open silences censored, under
 * independent normal priors on ln medianDays, ln sigma and logit returnShare about `centre`.
 */
export const fitBase = (table: GapTable, centre: SilenceCurve, spread: Spread): SilenceCurve => {
  const middle = coordinates(centre);
  const objective = (point: readonly number[]): Slope => {
    const { value, median, sigma, share } = likelihood(table, withCoordinates(centre, point));
    const off = middle.map((at, i) => ((point[i] ?? 0) - at) / (spread[i] ?? 1));
    const slopes = [median, sigma, share];
    return {
      value: value - off.reduce((sum, z) => sum + (z * z) / 2, 0),
      gradient: slopes.map((slope, i) => slope - (off[i] ?? 0) / (spread[i] ?? 1)),
    };
  };
  return withCoordinates(centre, maximise(objective, middle).point);
};

/** A curve on the way from `from` to `to`: `share` of the way in each of ln medianDays, ln sigma and logit returnShare. */
export const partWay = (from: SilenceCurve, to: SilenceCurve, share: number): SilenceCurve => {
  const [start, end] = [coordinates(from), coordinates(to)];
  return withCoordinates(
    from,
    start.map((x, i) => x + share * ((end[i] ?? x) - x)),
  );
};
