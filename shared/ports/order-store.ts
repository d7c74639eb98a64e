import type { CustomerEvent, QuarantineEntry } from '../domain/intake/intake.ts';
import type { Order, OrderKey, Refund } from '../domain/orders/order.ts';
import type { EpochMs } from '../domain/time.ts';

/** `duplicate`: the very version is there; `stale`: a later one is. Neither changes anything. */
export type PutOutcome = Readonly<{ type: 'accepted' } | { type: 'duplicate' } | { type: 'stale' }>;

/** An order and the refunds of its own, as they stand now (strongly consistent). */
export type OrderWithRefunds = Readonly<{ order?: Order; refunds: readonly Refund[] }>;

/** Where ingest writes and react re-reads. */
export interface IntakeStore {
  /** One conditional write: accepted when no version, or only an older one, is there. */
  putOrder(order: Order, version: string): Promise<PutOutcome>;
  /** Accepted once per refund id. */
  putRefund(refund: Refund): Promise<PutOutcome>;
  /** Accepted once per event id; kept until 30 days after the later of the two times. */
  putEvent(event: CustomerEvent, receivedAt?: EpochMs): Promise<PutOutcome>;
  quarantine(entry: QuarantineEntry): Promise<void>;
  loadOrder(key: OrderKey): Promise<OrderWithRefunds>;
  /** `undefined` also for one that was dealt with. */
  loadEvent(store: string, source: string, eventId: string): Promise<CustomerEvent | undefined>;
  /** Takes the person out of an order and leaves amounts and dates. */
  redactOrder(key: OrderKey): Promise<void>;
  /** Forgets what an event said, once it was dealt with; that it came stays known for its 30 days. */
  dropEvent(store: string, source: string, eventId: string): Promise<void>;
  listQuarantine(
    store: string,
    cursor?: string,
  ): Promise<Readonly<{ items: readonly QuarantineEntry[]; cursor?: string }>>;
}
