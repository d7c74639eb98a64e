import type { Order, OrderLine, Refund } from './order.ts';
import type { OrderRow } from './order-row.ts';
import { orderVersion } from './order-version.ts';

/** `source:orderId`: an order within its store. */
export const orderRowKey = (order: Pick<Order, 'source' | 'orderId'>): string => `${order.source}:${order.orderId}`;

/**
 * The small row of an order and the refunds of its own. What was refunded is the greater of what the order says and what
 * the refunds add up to, never more than the total. In another currency than the store's there is no amount.
 */
export const rowOfOrder = (order: Order, refunds: readonly Refund[], storeCurrency: string): OrderRow => {
  const told = refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const refundedMinor = Math.min(order.totalMinor, Math.max(order.refundedMinor, told));
  return rowOfVersion(
    { ...order, refundedMinor },
    `${orderVersion(order)}#${String(told).padStart(12, '0')}`,
    storeCurrency,
  );
};

/** What of an order the row is made of. */
export type RowSource = Omit<Order, 'store' | 'updatedAt' | 'discounts' | 'customer' | 'lines' | 'linesDropped'> &
  Readonly<{ lines: readonly Pick<OrderLine, 'sku' | 'category'>[] }>;

/** The small row of a state of an order, under the version it is told apart by. */
export const rowOfVersion = (order: RowSource, version: string, storeCurrency: string): OrderRow => ({
  key: orderRowKey(order),
  version,
  status: order.status,
  kind: order.kind,
  channel: order.channel,
  test: order.test,
  placedAt: order.placedAt,
  ...(order.deliveredAt === undefined ? {} : { deliveredAt: order.deliveredAt }),
  ...(order.currency === storeCurrency ? { totalMinor: order.totalMinor } : {}),
  refundedMinor: order.refundedMinor,
  besidesMinor: (order.taxMinor ?? 0) + (order.shippingMinor ?? 0),
  ...listed(
    'skus',
    order.lines.map(({ sku }) => sku),
    12,
  ),
  ...listed(
    'categories',
    order.lines.map(({ category }) => category),
    6,
  ),
});

const maxNameLength = 64;

/** The first few different names; no field at all where there are none. */
const listed = (field: 'skus' | 'categories', names: readonly (string | undefined)[], max: number) => {
  const known = names.filter((name) => name !== undefined && name !== '' && name.length <= maxNameLength);
  const first = [...new Set(known)].slice(0, max);
  return first.length === 0 ? {} : { [field]: first };
};
