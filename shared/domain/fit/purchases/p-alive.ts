import { deadLogit } from './purchase-likelihood.ts';
import type { PurchaseModel, PurchaseSummary } from './purchase-model.ts';

/**
 * The probability that a customer has not dropped out, 0..1; it falls while nobody buys.
 *
 * 1 for everybody without a repeat purchase: in BG/NBD one drops out only after a purchase that follows the first. Show such a customer
 * as "insufficient history".
 *
 * Fader, Hardie, Lee, "Computing P(alive) Using the BG/NBD Model", brucehardie.com/notes/021, 2008.
 */
export const pAlive = (model: PurchaseModel, summary: PurchaseSummary): number =>
  1 / (1 + Math.exp(deadLogit(model, summary)));
