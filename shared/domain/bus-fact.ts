import type { CustomerId, StageId } from './customers/customer.ts';
import type { Cause } from './lifecycle/cause.ts';
import type { StoreId } from './store.ts';
import type { EpochMs } from './time.ts';

/** What a committed change tells the world: ids and codes, no personal data. `factId` is the same for the same change. */
export type BusFact = Readonly<{ factId: string; store: StoreId; customer: CustomerId; at: EpochMs }> &
  (
    | Readonly<{
        type: 'stage-changed';
        visit: number;
        from?: StageId;
        to: StageId;
        cause: Cause;
        effectiveAt: EpochMs;
      }>
    /** `delivered`: a delivery became known. */
    | Readonly<{ type: 'order-counted'; orders: number; delivered: boolean }>
    /** `placed`: orders placed so far; somebody without any is a lead. */
    | Readonly<{ type: 'consent-granted'; statement: string; effectiveAt: EpochMs; placed: number }>
    | Readonly<{ type: 'customer-merged'; into: CustomerId }>
    | Readonly<{ type: 'customer-erased' }>
  );
