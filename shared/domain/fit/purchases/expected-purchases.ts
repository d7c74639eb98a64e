import { pAlive } from './p-alive.ts';
import type { PurchaseModel, PurchaseSummary } from './purchase-model.ts';

/** Terms end where the rest weighs less than this share. */
const negligible = 1e-13;
/** Who would buy more often than this in the time asked is taken to buy less often: the answer is too small, but finite and monotone. */
const mostTerms = 20_000;
const rescaleAbove = 1e250;

/**
 * Expected purchases of a living customer.
 *
 * Without dropout the number of purchases N is negative binomial; of N, those before the dropout are the sum over j < N of
 * (b + x)_j / (a + b + x)_j. Expanding the 2F1 of the paper's equation (10) and collecting terms gives the same mean, but all terms are
 * positive: nothing cancels as a nears 1, and the parameter a + b + x - 1 may be zero. Weights are normalised by their own sum, so that
 * neither underflow nor a cut tail makes it anything but a mean.
 */
const whileAlive = (
  { r, alpha, a, b }: PurchaseModel,
  { repeats, ageWeeks }: PurchaseSummary,
  weeks: number,
): number => {
  const shape = r + repeats;
  const odds = weeks / (alpha + ageWeeks + weeks);
  let [weight, kept, before] = [1, 1, 0];
  let [weights, sum] = [1, 0];
  for (let n = 1; n <= mostTerms; n += 1) {
    before += kept;
    kept *= (b + repeats + n - 1) / (a + b + repeats + n - 1);
    const ratio = (odds * (shape + n - 1)) / n;
    weight *= ratio;
    weights += weight;
    sum += weight * before;
    if (ratio < 1 && weight * before < negligible * sum * (1 - ratio)) break;
    if (weights > rescaleAbove) [weight, weights, sum] = [weight / weights, 1, sum / weights];
  }
  return sum / weights;
};

/**
 * Purchases expected in the coming weeks of a customer with this history; falls while nobody buys, 0 for no time.
 *
 * Fader, Hardie, Lee 2005, equation (10).
 */
export const expectedPurchases = (model: PurchaseModel, summary: PurchaseSummary, weeks: number): number =>
  weeks > 0 ? pAlive(model, summary) * whileAlive(model, summary, weeks) : 0;
