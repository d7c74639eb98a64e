import type { ConsentClaim, CustomerSnapshot } from '../../../domain/customers/profile.ts';
import {
  type Order,
  type OrderLine,
  orderChannels,
  orderKinds,
  orderStatuses,
  type Refund,
} from '../../../domain/orders/order.ts';
import { flag, listOf, number, oneOf, text } from '../codec/codec.ts';
import { itemOf } from '../codec/item.ts';
import { shape } from '../codec/shape.ts';

const sources = ['shopify', 'standard', 'woocommerce', 'stripe'] as const;
export const sourceCodec = oneOf(sources);

const claimShape = shape<ConsentClaim>({
  state: ['s', oneOf(['granted', 'withdrawn'])],
  at: ['a', number],
  basis: ['b', oneOf(['express', 'soft', 'implied'])],
  confirmed: ['cf', flag, 'optional'],
  source: ['o', text],
});

export const snapshotShape = shape<CustomerSnapshot>({
  externalId: ['x', text, 'optional'],
  email: ['e', text, 'optional'],
  firstName: ['f', text, 'optional'],
  lastName: ['l', text, 'optional'],
  locale: ['lo', text, 'optional'],
  country: ['c', text, 'optional'],
  province: ['p', text, 'optional'],
  timeZone: ['z', text, 'optional'],
  tags: ['t', listOf(text), 'optional'],
  consent: ['co', claimShape, 'optional'],
});

export const lineShape = shape<OrderLine>({
  sku: ['s', text],
  name: ['n', text, 'optional'],
  category: ['c', text, 'optional'],
  quantity: ['q', number],
  priceMinor: ['p', number],
  url: ['u', text, 'optional'],
  imageUrl: ['i', text, 'optional'],
});

const discountShape = shape<Order['discounts'][number]>({ code: ['c', text], amountMinor: ['a', number] });

const keyFields = { store: ['st', text], source: ['so', sourceCodec], orderId: ['oi', text] } as const;

/** Attribute names, for conditions and for writers that update instead of put. */
export const orderNames = { version: 'ver', customer: 'cu' } as const;

export type StoredOrder = Order & Readonly<{ version: string }>;

export const orderItem = itemOf(
  'ORDER',
  shape<StoredOrder>({
    ...keyFields,
    version: [orderNames.version, text],
    status: ['s', oneOf(orderStatuses)],
    kind: ['k', oneOf(orderKinds), { unless: 'one_time' }],
    channel: ['c', oneOf(orderChannels), { unless: 'online' }],
    currency: ['cy', text],
    totalMinor: ['m', number],
    refundedMinor: ['r', number, { unless: 0 }],
    taxMinor: ['tx', number, 'optional'],
    shippingMinor: ['sh', number, 'optional'],
    test: ['t', flag, { unless: false }],
    placedAt: ['p', number],
    updatedAt: ['u', number],
    deliveredAt: ['d', number, 'optional'],
    discounts: ['di', listOf(discountShape)],
    customer: [orderNames.customer, snapshotShape, 'optional'],
    lines: ['li', listOf(lineShape)],
    linesDropped: ['ld', number, { unless: 0 }],
  }),
);

export const refundItem = itemOf(
  'REFUND',
  shape<Refund>({ ...keyFields, refundId: ['ri', text], amountMinor: ['m', number], at: ['a', number] }),
);
