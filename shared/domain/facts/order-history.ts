import type { EpochMs } from '../time.ts';

/** A customer's orders, folded: everything the facts need and nothing that grows with the number of orders but the last year's occasions. */
export type OrderHistory = Readonly<{
  /** Countable occasions: orders within 24 hours of an occasion's first are one. */
  orders: number;
  /** Countable orders. */
  counted: number;
  /** Orders ever placed, whatever became of them (no drafts, no tests). */
  placed: number;
  /** Net of refunds, tax and shipping where given; minor units of the store's currency. */
  revenueMinor: number;
  refundedMinor: number;
  /** Net of the first occasion: what is left is what repeat orders brought. */
  firstRevenueMinor: number;
  /** Gross of all placed orders; the denominator of `refundShare`. */
  grossMinor: number;
  /** Orders in a foreign currency without a rate: counted, no money. */
  unconverted: number;
  firstAt?: EpochMs;
  /** Start of the last occasion. */
  lastAt?: EpochMs;
  /** Start of the occasion before. */
  previousAt?: EpochMs;
  /** Starts of the occasions of the last 12 months before the last one, oldest first. */
  recent: readonly EpochMs[];
  /** What was bought, latest first, each once; absent when no order told. */
  products?: Readonly<{ skus: readonly string[]; categories: readonly string[] }>;
  /** Latest order of any status, `pending` included: ends cart and win-back enrolments. */
  lastPlacedAt?: EpochMs;
  /** Delivery of the last order, where known. */
  deliveredAt?: EpochMs;
  /** Hashes of the orders placed within 72 hours before the decision: tells a newly counted order from one seen before. */
  fresh: readonly string[];
}>;
