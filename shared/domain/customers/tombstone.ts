import { noOrders } from '../facts/fold-orders.ts';
import type { LoggedErasure } from '../restore/log-entry.ts';
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

/**
 * The tombstone of somebody an older copy of the table never knew: nothing but that they were erased, and the names that lead
 * there. It was never in any stage.
 *
 * @param identities The names, opened.
 */
export const unseenTombstone = (erasure: LoggedErasure, identities: readonly string[]): Customer => {
  const { store, customerId, erasedAt, generation, firstSeenAt, mergedInto } = erasure;
  return {
    ...{ store, customerId, version: 1, firstSeenAt, experimentKey: customerId, generation },
    ...{ identities, profile: {}, profileAt: 0, history: noOrders },
    ...{ stage: 'lead', visit: 0, since: erasedAt, decidedAt: erasedAt, cause: 'correction' },
    decidedUnder: { lifecycle: 0, fit: 0 },
    ...(mergedInto === undefined ? {} : { mergedInto }),
    erasedAt,
  };
};
