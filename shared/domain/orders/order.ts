import type { CustomerSnapshot } from '../customers/profile.ts';
import type { StoreId } from '../store.ts';
import type { EpochMs } from '../time.ts';

export const orderStatuses = [
  'draft',
  'pending',
  'authorized',
  'paid',
  'partially_paid',
  'partially_refunded',
  'refunded',
  'cancelled',
  'voided',
  'expired',
  'failed',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

export const orderKinds = [
  'one_time',
  'subscription_first',
  'subscription_renewal',
  'replacement',
  'exchange',
  'gift_card',
  'sample',
] as const;
export type OrderKind = (typeof orderKinds)[number];

export const orderChannels = ['online', 'pos', 'b2b', 'marketplace', 'draft'] as const;
export type OrderChannel = (typeof orderChannels)[number];

/** Where an order or customer id was given: part of every key, because two platforms may use one number. */
export type Source = 'shopify' | 'standard' | 'woocommerce' | 'stripe';
export type OrderKey = Readonly<{ store: StoreId; source: Source; orderId: string }>;

/** A line; prices in minor units of the order's currency, each piece. Lines of one SKU are summed. */
export type OrderLine = Readonly<{
  sku: string;
  name?: string;
  category?: string;
  quantity: number;
  priceMinor: number;
  url?: string;
  imageUrl?: string;
}>;

/** An order as every platform's payload is normalised to. Ids are strings: platforms use more than 53 bits. */
export type Order = OrderKey &
  Readonly<{
    status: OrderStatus;
    kind: OrderKind;
    channel: OrderChannel;
    currency: string;
    totalMinor: number;
    /** What the order itself says was refunded; refunds of their own are folded by id. */
    refundedMinor: number;
    taxMinor?: number;
    shippingMinor?: number;
    test: boolean;
    placedAt: EpochMs;
    updatedAt: EpochMs;
    deliveredAt?: EpochMs;
    discounts: readonly Readonly<{ code: string; amountMinor: number }>[];
    customer?: CustomerSnapshot;
    lines: readonly OrderLine[];
    linesDropped: number;
  }>;

/** A refund event of its own; it may arrive before its order and then waits in place. */
export type Refund = OrderKey & Readonly<{ refundId: string; amountMinor: number; at: EpochMs }>;
