import { orderChannels, orderKinds, orderStatuses } from '../../../domain/orders/order.ts';
import type { OrderRow } from '../../../domain/orders/order-row.ts';
import { type Attributes, flag, listOf, number, oneOf, text } from '../codec/codec.ts';
import { itemOf } from '../codec/item.ts';
import { shape } from '../codec/shape.ts';
import { customerSk } from '../keys.ts';

const orderRowItem = itemOf(
  'ORDER_ROW',
  shape<Omit<OrderRow, 'key'>>({
    version: ['ver', text],
    status: ['s', oneOf(orderStatuses)],
    kind: ['k', oneOf(orderKinds), { unless: 'one_time' }],
    channel: ['c', oneOf(orderChannels), { unless: 'online' }],
    test: ['t', flag, { unless: false }],
    placedAt: ['p', number],
    deliveredAt: ['d', number, 'optional'],
    totalMinor: ['m', number, 'optional'],
    refundedMinor: ['r', number, { unless: 0 }],
    besidesMinor: ['b', number, { unless: 0 }],
    skus: ['ar', listOf(text), 'optional'],
    categories: ['cg', listOf(text), 'optional'],
  }),
);

/** The order's key is the sort key and is not written twice. */
export const writeOrderRow = (pk: string, { key, ...rest }: OrderRow): Attributes =>
  orderRowItem.write({ pk, sk: customerSk.orderRow(key) }, rest);

export const readOrderRow = (item: Attributes): OrderRow => {
  const rest = orderRowItem.read(item);
  return { key: (item['sk']?.S ?? '').slice(customerSk.orderRow('').length), ...rest };
};
