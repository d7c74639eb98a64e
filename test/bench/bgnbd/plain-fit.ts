import { logGamma } from '../../../shared/domain/fit/numeric/log-gamma.ts';
import type { PurchaseModel, PurchaseSummary } from '../../../shared/domain/fit/purchases/purchase-model.ts';
import { nelderMead } from './nelder-mead.ts';

/** One customer's log-likelihood as Fader, Hardie and Lee print it (2005, and their Excel note). */
const logLikelihoodOf = (
  { r, alpha, a, b }: PurchaseModel,
  { repeats: x, lastWeek, ageWeeks }: PurchaseSummary,
): number => {
  const a1 = logGamma(r + x) - logGamma(r) + r * Math.log(alpha);
  const a2 = logGamma(a + b) + logGamma(b + x) - logGamma(b) - logGamma(a + b + x);
  const a3 = -(r + x) * Math.log(alpha + ageWeeks);
  const a4 =
    x === 0 ? Number.NEGATIVE_INFINITY : Math.log(a) - Math.log(b + x - 1) - (r + x) * Math.log(alpha + lastWeek);
  const most = Math.max(a3, a4);
  return a1 + a2 + most + Math.log(Math.exp(a3 - most) + Math.exp(a4 - most));
};

const modelOf = ([r = 0, alpha = 0, a = 0, b = 0]: readonly number[]): PurchaseModel => ({
  r: Math.exp(r),
  alpha: Math.exp(alpha),
  a: Math.exp(a),
  b: Math.exp(b),
});

/** The way popular packages fit: the likelihood summed over customers, made large by a simplex over log-parameters. */
export const plainFit = (
  summaries: readonly PurchaseSummary[],
): Readonly<{ model: PurchaseModel; logLikelihood: number }> => {
  const total = (model: PurchaseModel): number =>
    summaries.reduce((sum, summary) => sum + logLikelihoodOf(model, summary), 0);
  const { point, value } = nelderMead((at) => -total(modelOf(at)) / summaries.length, [0.1, 0.1, 0.1, 0.1]);
  return { model: modelOf(point), logLikelihood: -value * summaries.length };
};
