import type { EpochMs } from '../time.ts';
import type { Customer } from './customer.ts';

/**
 * What stays of an erased customer: ids, keyed hashes, amounts and dates. Nothing that names or reaches the person, no
 * consent, nothing events told, and no wake, so that nothing looks again.
 */
export const tombstoneOf = (customer: Customer, erasedAt: EpochMs): Customer => {
  const { consent: _consent, signals: _signals, wakeAt: _wakeAt, ...rest } = customer;
  return { ...rest, version: customer.version + 1, profile: {}, erasedAt };
};
