import type { Customer } from '../customers/customer.ts';
import type { Fit } from '../fit/fit.ts';
import { currencyExponent } from '../orders/money.ts';
import type { StoreSettings } from '../store.ts';
import type { OrderHistory } from './order-history.ts';

/** Everything conditions are asked about: one customer's folded orders and profile, under a store's fit. */
export type Subject = Readonly<{
  history: OrderHistory;
  profile: Customer['profile'];
  signals?: Customer['signals'];
  consent?: Customer['consent'];
  fit: Fit;
  /** Minor units per major unit of the store's currency: 100 for GBP, 1 for JPY. */
  minorPerMajor: number;
}>;

/** A customer of the store under a fit, ready to be asked. */
export const subjectOf = (
  { history, profile, signals, consent }: Pick<Subject, 'history' | 'profile' | 'signals' | 'consent'>,
  store: Pick<StoreSettings, 'currency'>,
  fit: Fit,
): Subject => ({
  history,
  profile,
  ...(signals === undefined ? {} : { signals }),
  ...(consent === undefined ? {} : { consent }),
  fit,
  minorPerMajor: 10 ** currencyExponent(store.currency),
});
