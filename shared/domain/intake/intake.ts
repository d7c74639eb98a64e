import type { CustomerSnapshot } from '../customers/profile.ts';
import type { Order, OrderKey, Refund, Source } from '../orders/order.ts';
import type { StoreId } from '../store.ts';
import type { EpochMs } from '../time.ts';

/** What is not an order: kept as an EVENT item until react has applied it. `eventId` makes the second delivery a no-op. */
export type CustomerEvent = Readonly<{
  store: StoreId;
  source: Source;
  eventId: string;
  at: EpochMs;
  body:
    | Readonly<{ type: 'customer'; customer: CustomerSnapshot }>
    | Readonly<{
        type: 'behaviour';
        customer: CustomerSnapshot;
        name: string;
        properties: Readonly<Record<string, string | number | boolean>>;
      }>
    /** The platform says two of its customers are one. */
    | Readonly<{ type: 'merge'; keepExternalId: string; loseExternalId: string }>
    | Readonly<{ type: 'erase'; externalId?: string; email?: string }>;
}>;

/** Something for the operator to act on or to know: listed at `/v1/quarantine`, kept 30 days, never the body. */
export type QuarantineEntry = Readonly<{
  store: StoreId;
  source: Source;
  at: EpochMs;
  /** Kebab-case: `unknown-topic`, `no-identity`, `future-updated-at`, `data-request`, `shop-redact`, ... */
  reason: string;
  topic: string;
  /** The platform's ids, no personal data. */
  ids: Readonly<Record<string, string>>;
  deliveryId?: string;
}>;

/** What one signed delivery means to us. */
export type Intake =
  | Readonly<{ type: 'order'; order: Order }>
  | Readonly<{ type: 'refund'; refund: Refund }>
  /** The platform deleted an order and tells nothing but its id: what is stored of it stops counting. */
  | Readonly<{ type: 'order-deleted'; key: OrderKey; at: EpochMs }>
  | Readonly<{ type: 'event'; event: CustomerEvent }>
  /** Understood and needs no record, for example a topic that adds nothing to the order webhooks. */
  | Readonly<{ type: 'nothing'; reason: string }>
  | Readonly<{ type: 'quarantine'; entry: QuarantineEntry }>;
