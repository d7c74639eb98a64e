import type { Customer, CustomerId } from '../customers/customer.ts';
import { noOrders } from '../facts/fold-orders.ts';
import type { StoreId } from '../store.ts';
import type { EpochMs } from '../time.ts';

/** A customer that is another's alias from now on: it leaves the due index, and its own past stays where it is. */
export const linkedTo = ({ wakeAt: _wakeAt, ...alias }: Customer, root: CustomerId): Customer => ({
  ...alias,
  version: alias.version + 1,
  mergedInto: root,
});

/** An id that owns identities but was never written: two first sights of one person at once. It was never anything else than an alias. */
export const unseenAlias = (store: StoreId, customerId: CustomerId, root: CustomerId, now: EpochMs): Customer => ({
  ...{ store, customerId, version: 1, firstSeenAt: now, experimentKey: customerId, generation: 0 },
  ...{ identities: [], profile: {}, profileAt: 0, history: noOrders },
  ...{
    stage: 'lead',
    visit: 0,
    since: now,
    decidedAt: now,
    cause: 'correction',
    decidedUnder: { lifecycle: 0, fit: 0 },
  },
  mergedInto: root,
});
