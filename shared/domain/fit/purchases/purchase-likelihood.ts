import type { PurchaseModel, PurchaseSummary } from './purchase-model.ts';
import { type SummaryTable, tableOf } from './purchase-summary.ts';

/**
 * The share of the likelihood that belongs to having dropped out after the last purchase, as a logit; -Infinity for a customer without
 * repeats, who by the model cannot have.
 */
export const deadLogit = (
  { r, alpha, a, b }: PurchaseModel,
  { repeats, lastWeek, ageWeeks }: PurchaseSummary,
): number =>
  repeats <= 0
    ? Number.NEGATIVE_INFINITY
    : Math.log(a) - Math.log(b + repeats - 1) + (r + repeats) * Math.log((alpha + ageWeeks) / (alpha + lastWeek));

/** ln(1 + e^x) without overflow. */
const softplus = (x: number): number => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)));

/** Value and partial derivatives by r, alpha, a and b. */
export type LikelihoodSlope = Readonly<{
  value: number;
  by: Readonly<{ r: number; alpha: number; a: number; b: number }>;
}>;

/** What one purchase more brings, summed up to a number of repeats: ln gamma(r + x) - ln gamma(r) and its kind, by plain sums. */
class Rising {
  #reached = 0;
  log = 0;
  readonly slope = { r: 0, b: 0, ab: 0 };
  readonly #model: PurchaseModel;

  constructor(model: PurchaseModel) {
    this.#model = model;
  }

  /** Goes on to `repeats`; they come in ascending order. */
  to(repeats: number): void {
    const { r, a, b } = this.#model;
    for (; this.#reached < repeats; this.#reached += 1) {
      const j = this.#reached;
      this.log += Math.log(((r + j) * (b + j)) / (a + b + j));
      this.slope.r += 1 / (r + j);
      this.slope.b += 1 / (b + j);
      this.slope.ab += 1 / (a + b + j);
    }
  }
}

/**
 * The log-likelihood of a whole table and its gradient.
 *
 * Fader, Hardie, Lee 2005, equation (6), in the split of their note "Implementing the BG/NBD Model in Excel"; the gradient is that
 * expression differentiated.
 */
export const likelihoodSlope = (model: PurchaseModel, table: SummaryTable): LikelihoodSlope => {
  const { r, alpha, a, b } = model;
  const rising = new Rising(model);
  const logAlpha = Math.log(alpha);
  let [value, byR, byAlpha, byA, byB] = [0, 0, 0, 0, 0];
  for (let i = 0; i < table.rows; i += 1) {
    const repeats = table.repeats[i] ?? 0;
    const lastWeek = table.lastWeek[i] ?? 0;
    const ageWeeks = table.ageWeeks[i] ?? 0;
    const customers = table.customers[i] ?? 0;
    rising.to(repeats);
    const logAge = Math.log(alpha + ageWeeks);
    let [gone, dead, logLast] = [0, 0, 0];
    // Nobody without repeats can have dropped out, and in most shops they are the most.
    if (repeats > 0) {
      const logit = deadLogit(model, { repeats, lastWeek, ageWeeks });
      gone = softplus(logit);
      dead = 1 / (1 + Math.exp(-logit));
      logLast = Math.log(alpha + lastWeek);
    }
    value += customers * (rising.log + r * logAlpha - (r + repeats) * logAge + gone);
    byR += customers * (rising.slope.r + logAlpha - (1 - dead) * logAge - dead * logLast);
    byAlpha += customers * (r / alpha - (r + repeats) * ((1 - dead) / (alpha + ageWeeks) + dead / (alpha + lastWeek)));
    byA += customers * (dead / a - rising.slope.ab);
    byB += customers * (rising.slope.b - rising.slope.ab - (repeats > 0 ? dead / (b + repeats - 1) : 0));
  }
  return { value, by: { r: byR, alpha: byAlpha, a: byA, b: byB } };
};

/** How likely the summaries are under the model: the natural logarithm, summed over customers; 0 of nobody. */
export const logLikelihood = (model: PurchaseModel, summaries: readonly PurchaseSummary[]): number =>
  likelihoodSlope(model, tableOf(summaries)).value;
