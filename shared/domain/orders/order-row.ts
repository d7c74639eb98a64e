import type { EpochMs } from '../time.ts';
import type { OrderChannel, OrderKind, OrderStatus } from './order.ts';

/** The small row react keeps beside the customer for each order: all the fold needs (about 150 bytes). */
export type OrderRow = Readonly<{
  /** `source:orderId`. */
  key: string;
  /** Total order of versions: later is greater as text. */
  version: string;
  status: OrderStatus;
  kind: OrderKind;
  channel: OrderChannel;
  test: boolean;
  placedAt: EpochMs;
  deliveredAt?: EpochMs;
  /** Gross, minor units of the store's currency; absent when the order is in another currency. */
  totalMinor?: number;
  refundedMinor: number;
  /** Tax and shipping within the total, where given. */
  besidesMinor: number;
  /** Articles of the order, the first 12. */
  skus?: readonly string[];
  /** Their categories, the first 6. */
  categories?: readonly string[];
}>;
