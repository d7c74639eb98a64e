import type { OrderStatus } from '../../../shared/domain/orders/order.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';

/** A line of a recorded order; negative quantities are what was given back on the spot. */
export type HistoryLine = Readonly<{ sku?: string; name?: string; quantity: number; amountMinor: number }>;

/** An order as the file tells it. */
export type HistoryOrder = Readonly<{
  orderId: string;
  /** Absent: revenue only. */
  customerId?: string;
  email?: string;
  country?: string;
  placedAt: EpochMs;
  currency: string;
  status: OrderStatus;
  totalMinor: number;
  /** What the order's own row says was refunded. */
  refundedMinor: number;
  lines: readonly HistoryLine[];
}>;

/** A later cancellation, applied to an order. `refundedMinor` is the sum of all refunds of the order so far. */
export type HistoryRefund = Readonly<{ orderId: string; invoice: string; at: EpochMs; refundedMinor: number }>;

/** Money given back that belongs to no order in the file: changes revenue, counts as no order. */
export type RevenueCorrection = Readonly<{ invoice: string; customerId?: string; at: EpochMs; amountMinor: number }>;

export type OrderFileHistory = Readonly<{
  layout: string;
  currency: string;
  rows: number;
  /** Oldest first. */
  orders: readonly HistoryOrder[];
  refunds: readonly HistoryRefund[];
  corrections: readonly RevenueCorrection[];
  customers: number;
  ordersWithoutCustomer: number;
  /** What had to be assumed to read the file, in plain words. */
  assumptions: readonly string[];
}>;
