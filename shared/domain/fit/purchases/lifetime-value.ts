import { expectedPurchases } from './expected-purchases.ts';
import { expectedSpend } from './expected-spend.ts';
import type { PurchaseModel, PurchaseSummary } from './purchase-model.ts';
import type { SpendModel, SpendSummary } from './spend-model.ts';

/** What a customer's value rests on. */
export type ValuedCustomer = Readonly<{ purchases: PurchaseSummary; spend: SpendSummary | undefined }>;

const months = 12;
const weeksAMonth = 365.25 / 12 / 7;
const yearlyDiscount = 0.1;

/**
 * Revenue expected of a customer in the coming twelve months, discounted monthly at 10 % a year, in major units; falls while
 * nobody buys. It is revenue, not profit: the store gives no margin.
 *
 * Sum over months k of expectedSpend x (purchases by month k - purchases by month k - 1) / (1 + d)^k, d = 1.1^(1/12) - 1.
 * Fader, Hardie, Lee, "RFM and CLV", Journal of Marketing Research 42(4), 2005, with monthly steps.
 */
export const lifetimeValue = (purchases: PurchaseModel, spend: SpendModel, customer: ValuedCustomer): number => {
  let [before, discounted] = [0, 0];
  for (let month = 1; month <= months; month++) {
    const bought = expectedPurchases(purchases, customer.purchases, month * weeksAMonth);
    discounted += (bought - before) / (1 + yearlyDiscount) ** (month / 12);
    before = bought;
  }
  return discounted * expectedSpend(spend, customer.spend);
};
