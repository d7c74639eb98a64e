import { type EpochMs, toIso } from '../../../shared/domain/time.ts';
import { poundsText } from './money-text.ts';
import type { OrderState, ShopOrder } from './orders.ts';

type Json = Readonly<Record<string, unknown>>;

const customerOf = ({ person, asGuest, consentAt }: ShopOrder): Json => ({
  ...(asGuest ? {} : { id: `till-${person.number}` }),
  email: person.email,
  firstName: person.firstName,
  lastName: person.lastName,
  locale: person.place.locale,
  country: person.place.country,
  timeZone: person.place.zone,
  consent: consentAt === undefined ? { email: 'none' } : { email: 'granted', at: toIso(consentAt), source: 'checkout' },
});

const dataOf = (order: ShopOrder, state: OrderState): Json => ({
  id: `HP-${order.number}`,
  status: state.status,
  kind: 'one_time',
  channel: 'online',
  currency: 'GBP',
  total: poundsText(order.totalMinor),
  refunded: poundsText(state.refundedMinor),
  subtotal: poundsText(order.subtotalMinor),
  tax: poundsText(order.taxMinor),
  shipping: poundsText(order.shippingMinor),
  placedAt: toIso(order.placedAt),
  updatedAt: toIso(state.updatedAt),
  deliveredAt: state.deliveredAt === undefined ? null : toIso(state.deliveredAt),
  discounts:
    order.discount === undefined ? [] : [{ code: order.discount.code, amount: poundsText(order.discount.amountMinor) }],
  customer: customerOf(order),
  lines: order.lines.map((line) => ({
    sku: line.sku,
    name: line.name,
    category: line.category,
    quantity: line.quantity,
    price: poundsText(line.priceMinor),
    url: line.url,
    imageUrl: null,
  })),
});

/** A `standard` webhook about the order as it stands in `state`. */
export const standardOrder = (type: string, at: EpochMs, order: ShopOrder, state: OrderState): Json => ({
  type,
  timestamp: toIso(at),
  data: dataOf(order, state),
});
