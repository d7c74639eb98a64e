import type { OrderKey, Source } from '../domain/orders/order.ts';
import type { LoggedErasure } from '../domain/restore/log-entry.ts';
import type { EpochMs } from '../domain/time.ts';

/** What react is asked to look at: an order, an event, or a customer whose time has come. */
export type ReactCall =
  | Readonly<{ type: 'order'; key: OrderKey }>
  | Readonly<{ type: 'event'; store: string; source: Source; eventId: string }>
  /** `retellAt`: relay is to tell what it was not told, once for each such instant. */
  | Readonly<{ type: 'customer'; store: string; customer: string; retellAt?: EpochMs }>
  /** The operator's word, `at` some instant: the customer is to be erased with everybody linked to them. */
  | Readonly<{ type: 'erasure'; store: string; customer: string; at: EpochMs }>
  /** The erasure log says so: the account is erased again, or kept erased where nobody knows it. */
  | Readonly<{ type: 'tombstone'; erasure: LoggedErasure }>
  /** The operator's word that an address, given by its keyed hash, may be mailed again; `customer` is whose it is, if anybody's. */
  | (Readonly<{ type: 'lift'; store: string; address: string; customer?: string; because: string; at: EpochMs }> &
      Readonly<{ agreedAt?: EpochMs }>);

/** The react-retry queue: calls that failed once, and customers the sweep found due. */
export interface ReactCalls {
  enqueue(calls: readonly ReactCall[]): Promise<void>;
}
