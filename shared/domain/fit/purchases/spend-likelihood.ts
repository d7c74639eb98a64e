import { digamma, logGamma } from '../numeric/log-gamma.ts';
import type { SpendModel, SpendSummary } from './spend-model.ts';

/** Value and partial derivatives by p, q and v. */
export type SpendSlope = Readonly<{ value: number; by: Readonly<{ p: number; q: number; v: number }> }>;

/** The part that depends on the number of purchases alone: a shop has thousands of customers and a few dozen such numbers. */
const gammasOf = (p: number, q: number, repeats: number) => ({
  log: logGamma(p * repeats + q) - logGamma(p * repeats) - logGamma(q),
  byP: repeats * (digamma(p * repeats + q) - digamma(p * repeats)),
  byQ: digamma(p * repeats + q) - digamma(q),
});

/**
 * The Gamma-Gamma log-likelihood of mean spends and its gradient.
 *
 * Fader, Hardie 2013, equation (1a); the gradient is that expression differentiated.
 *
 * @param summaries Best sorted by repeats: the gamma functions are worked out once for each run of equal ones.
 */
export const spendSlope = ({ p, q, v }: SpendModel, summaries: readonly SpendSummary[]): SpendSlope => {
  let [value, byP, byQ, byV] = [0, 0, 0, 0];
  let known = { repeats: 0, gammas: { log: 0, byP: 0, byQ: 0 } };
  for (const { repeats, meanSpend } of summaries) {
    if (known.repeats !== repeats) known = { repeats, gammas: gammasOf(p, q, repeats) };
    const { gammas } = known;
    const total = repeats * meanSpend;
    const share = Math.log(total / (v + total));
    const rest = Math.log(v / (v + total));
    value += gammas.log + q * rest + p * repeats * share - Math.log(meanSpend);
    byP += gammas.byP + repeats * share;
    byQ += gammas.byQ + rest;
    byV += q / v - (p * repeats + q) / (v + total);
  }
  return { value, by: { p: byP, q: byQ, v: byV } };
};
