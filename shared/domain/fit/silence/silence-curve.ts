import { type DurationMs, days } from '../../time.ts';
import { normalCdf, normalQuantile } from '../normal-distribution.ts';

/**
 * Of comparable customers, the share back after `d` days of silence, as the cumulated hazard of the next order.
 *
 * The base is a log-normal with a share who never return: H0(d) = -ln(1 - returnShare * Phi(ln(d / medianDays) / sigma)).
 * A fitted curve scales it by `hazard[j]` in bin j of `binDays`; without `hazard` it is the base itself.
 * F(d) = 1 - exp(-H(d)); the silence of a customer is min(1, F(d) / F(horizonDays)).
 */
export type SilenceCurve = Readonly<{
  medianDays: number;
  sigma: number;
  returnShare: number;
  horizonDays: number;
  /** One factor for each bin; the last bin is open. */
  hazard?: readonly number[];
}>;

const yearBins = [0, 7, 14, 21, 30, 45, 60, 90, 120, 180, 240, 300, 365];

/** Where the bins of a curve begin, in days: those of a year, stretched where the horizon is longer. */
export const binDays = (horizonDays: number): readonly number[] =>
  yearBins.map((start) => start * Math.max(1, horizonDays / 365));

/** H0: the cumulated hazard of a curve's base at `d` days. */
export const baseHazard = ({ medianDays, sigma, returnShare }: SilenceCurve, d: number): number =>
  d <= 0 ? 0 : -Math.log1p(-returnShare * normalCdf(Math.log(d / medianDays) / sigma));

/** Inverse of `baseHazard`; Infinity above what the base ever reaches. */
const baseHazardDays = ({ medianDays, sigma, returnShare }: SilenceCurve, hazard: number): number => {
  const share = -Math.expm1(-hazard) / returnShare;
  return share >= 1 ? Number.POSITIVE_INFINITY : medianDays * Math.exp(sigma * normalQuantile(share));
};

/** What a curve has come to where a bin begins: days, H0 and H there, and the factor inside. */
type Knot = Readonly<{ fromDays: number; base: number; cumulated: number; factor: number }>;

// Stage decisions ask the same few curves over and over; a curve never changes, so its knots are worked out once.
const knotsKnown = new WeakMap<SilenceCurve, readonly Knot[]>();

const knotsOf = (curve: SilenceCurve): readonly Knot[] => {
  const known = knotsKnown.get(curve);
  if (known !== undefined) return known;
  const knots = workOut(curve);
  knotsKnown.set(curve, knots);
  return knots;
};

const workOut = (curve: SilenceCurve): readonly Knot[] => {
  const knots: Knot[] = [];
  for (const [j, fromDays] of binDays(curve.horizonDays).entries()) {
    const base = baseHazard(curve, fromDays);
    const before = knots.at(-1);
    const cumulated = before === undefined ? 0 : before.cumulated + before.factor * (base - before.base);
    knots.push({ fromDays, base, cumulated, factor: curve.hazard?.[j] ?? 1 });
  }
  return knots;
};

/** H: the cumulated hazard at `d` days. */
export const cumulatedHazard = (curve: SilenceCurve, d: number): number => {
  if (curve.hazard === undefined || d <= 0) return baseHazard(curve, d);
  const knot = knotsOf(curve).findLast(({ fromDays }) => fromDays < d);
  return knot === undefined ? 0 : knot.cumulated + knot.factor * (baseHazard(curve, d) - knot.base);
};

/** The days at which H reaches `wanted`. */
const daysOfHazard = (curve: SilenceCurve, wanted: number): number => {
  if (curve.hazard === undefined) return baseHazardDays(curve, wanted);
  const knot = knotsOf(curve).findLast(({ cumulated, factor }) => cumulated < wanted && factor > 0);
  return knot === undefined ? 0 : baseHazardDays(curve, knot.base + (wanted - knot.cumulated) / knot.factor);
};

/** Of comparable customers, the share back by `d` days: F. */
export const shareBack = (curve: SilenceCurve, d: number): number => -Math.expm1(-cumulatedHazard(curve, d));

/** How unusual `ms` of silence are: of comparable customers who return within the horizon, the share back by now, 0..1. */
export const silenceOf = (curve: SilenceCurve, ms: DurationMs): number =>
  ms >= days(curve.horizonDays) ? 1 : Math.min(1, shareBack(curve, ms / days(1)) / shareBack(curve, curve.horizonDays));

/**
 * The whole number of days from which a silence counts as above `share` (0..1): at least one, at most the horizon.
 *
 * Every screen shows whole days, so the rule holds in whole days too: from `lastOrder.at` plus this many times 24 hours on,
 * that instant included. Infinity for shares of 1 and more: nobody is more than all.
 */
export const silenceDays = (curve: SilenceCurve, share: number): number => {
  if (share >= 1) return Number.POSITIVE_INFINITY;
  if (share <= 0) return 0;
  const reached = daysOfHazard(curve, -Math.log1p(-share * shareBack(curve, curve.horizonDays)));
  return Math.max(1, Math.min(Math.round(reached), Math.floor(curve.horizonDays)));
};
