import { type DurationMs, days } from '../time.ts';
import { normalCdf, normalQuantile } from './normal-distribution.ts';

/**
 * Of comparable customers, the share back after `d` days of silence: a log-normal with a share who never return.
 * F(d) = returnShare * Phi(ln(d / medianDays) / sigma); the silence of a customer is min(1, F(d) / F(horizonDays)).
 */
export type SilenceCurve = Readonly<{ medianDays: number; sigma: number; returnShare: number; horizonDays: number }>;

const shareBack = (curve: SilenceCurve, d: number): number =>
  d <= 0 ? 0 : curve.returnShare * normalCdf(Math.log(d / curve.medianDays) / curve.sigma);

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
  const p = (share * shareBack(curve, curve.horizonDays)) / curve.returnShare;
  return Math.round(curve.medianDays * Math.exp(curve.sigma * normalQuantile(p)));
};
