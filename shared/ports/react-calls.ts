import type { OrderKey, Source } from '../domain/orders/order.ts';

/** What react is asked to look at: an order, an event, or a customer whose time has come. */
export type ReactCall =
  | Readonly<{ type: 'order'; key: OrderKey }>
  | Readonly<{ type: 'event'; store: string; source: Source; eventId: string }>
  | Readonly<{ type: 'customer'; store: string; customer: string }>;

/** The react-retry queue: calls that failed once, and customers the sweep found due. */
export interface ReactCalls {
  enqueue(calls: readonly ReactCall[]): Promise<void>;
}
