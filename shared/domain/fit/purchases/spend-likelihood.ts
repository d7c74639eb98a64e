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

/** Summaries in columns, with what of them no model changes worked out. */
export type SpendTable = Readonly<{ repeats: Float64Array; totals: Float64Array; logMeans: Float64Array }>;

/** Best sorted by repeats: the gamma functions are worked out once for each run of equal ones. */
export const spendTableOf = (summaries: readonly SpendSummary[]): SpendTable => ({
  repeats: Float64Array.from(summaries, ({ repeats }) => repeats),
  totals: Float64Array.from(summaries, ({ repeats, meanSpend }) => repeats * meanSpend),
  logMeans: Float64Array.from(summaries, ({ meanSpend }) => Math.log(meanSpend)),
});

/**
 * The Gamma-Gamma log-likelihood of mean spends and its gradient.
 *
 * Fader, Hardie 2013, equation (1a); the gradient is that expression differentiated.
 */
export const spendSlope = ({ p, q, v }: SpendModel, table: SpendTable): SpendSlope => {
  let [value, byP, byQ, byV] = [0, 0, 0, 0];
  let known = { repeats: 0, gammas: { log: 0, byP: 0, byQ: 0 } };
  for (let i = 0; i < table.repeats.length; i += 1) {
    const repeats = table.repeats[i] ?? 0;
    const total = table.totals[i] ?? 0;
    if (known.repeats !== repeats) known = { repeats, gammas: gammasOf(p, q, repeats) };
    const { gammas } = known;
    const share = Math.log(total / (v + total));
    const rest = Math.log(v / (v + total));
    value += gammas.log + q * rest + p * repeats * share - (table.logMeans[i] ?? 0);
    byP += gammas.byP + repeats * share;
    byQ += gammas.byQ + rest;
    byV += q / v - (p * repeats + q) / (v + total);
  }
  return { value, by: { p: byP, q: byQ, v: byV } };
};
