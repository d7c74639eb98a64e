import { type DurationMs, days } from '../../time.ts';
import { normalCdf, normalQuantile } from '../normal-distribution.ts';

/**
 * Of comparable customers, the share back after `d` days of silence, as the cumulated hazard of the next order.
 *
 * The prior is a log-normal with a share who never return: H0(d) = -ln(1 - returnShare * Phi(ln(d / medianDays) / sigma)).
 * A fitted curve scales it by `hazard[j]` in bin j of `binDays`; without `hazard` it is the prior itself.
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

/** H0: the prior's cumulated hazard at `d` days. */
export const priorHazard = ({ medianDays, sigma, returnShare }: SilenceCurve, d: number): number =>
  d <= 0 ? 0 : -Math.log1p(-returnShare * normalCdf(Math.log(d / medianDays) / sigma));

/** Inverse of `priorHazard`; Infinity above what the prior ever reaches. */
const priorHazardDays = ({ medianDays, sigma, returnShare }: SilenceCurve, hazard: number): number => {
  const share = -Math.expm1(-hazard) / returnShare;
  return share >= 1 ? Number.POSITIVE_INFINITY : medianDays * Math.exp(sigma * normalQuantile(share));
};

/** H: the cumulated hazard at `d` days. */
export const cumulatedHazard = (curve: SilenceCurve, d: number): number => {
  const { hazard } = curve;
  if (hazard === undefined || d <= 0) return priorHazard(curve, d);
  const starts = binDays(curve.horizonDays);
  return hazard.reduce((sum, factor, j) => {
    const [from, to] = [starts[j] ?? 0, starts[j + 1] ?? Number.POSITIVE_INFINITY];
    return d <= from ? sum : sum + factor * (priorHazard(curve, Math.min(d, to)) - priorHazard(curve, from));
  }, 0);
};

/** The days at which H reaches `wanted`. */
const daysOfHazard = (curve: SilenceCurve, wanted: number): number => {
  const { hazard } = curve;
  if (hazard === undefined) return priorHazardDays(curve, wanted);
  const starts = binDays(curve.horizonDays);
  let passed = 0;
  for (const [j, factor] of hazard.entries()) {
    const [from, to] = [starts[j] ?? 0, starts[j + 1] ?? Number.POSITIVE_INFINITY];
    const before = priorHazard(curve, from);
    const within = factor * (priorHazard(curve, to) - before);
    if (passed + within >= wanted && factor > 0) return priorHazardDays(curve, before + (wanted - passed) / factor);
    passed += within;
  }
  return Number.POSITIVE_INFINITY;
};

/** Of comparable customers, the share back by `d` days: F. */
export const shareBack = (curve: SilenceCurve, d: number): number => -Math.expm1(-cumulatedHazard(curve, d));

/** How unusual `ms` of silence are: of comparable customers who return within the horizon, the share back by now, 0..1. */
export const silenceOf = (curve: SilenceCurve, ms: DurationMs): number =>
  Math.min(1, shareBack(curve, ms / days(1)) / shareBack(curve, curve.horizonDays));

/**
 * The whole number of days from which a silence counts as above `share` (0..1).
 *
 * Every screen shows whole days, so the rule holds in whole days too: from `lastOrder.at` plus this many times 24 hours on,
 * that instant included. Infinity for shares of 1 and more: nobody is more than all.
 */
export const silenceDays = (curve: SilenceCurve, share: number): number => {
  if (share >= 1) return Number.POSITIVE_INFINITY;
  if (share <= 0) return 0;
  return Math.round(daysOfHazard(curve, -Math.log1p(-share * shareBack(curve, curve.horizonDays))));
};
