import { poundsText, presentmentText } from './money-text.ts';
import type { OrderState, ShopOrder } from './orders.ts';
import { shopifyAddress, shopifyCustomer } from './shopify-customer.ts';
import { shopifyId } from './shopify-ids.ts';
import { shopifyTime } from './shopify-time.ts';

type Json = Readonly<Record<string, unknown>>;

/** Shopify gives each amount in the shop's currency and in the buyer's. */
const moneySet = (minor: number, { currency, perPound }: ShopOrder['person']['place']): Json => ({
  shop_money: { amount: poundsText(minor), currency_code: 'GBP' },
  presentment_money: { amount: presentmentText(minor, perPound, currency), currency_code: currency },
});

const lineItems = (order: ShopOrder): readonly Json[] =>
  order.lines.map((line, index) => ({
    id: shopifyId.line(order.number, index),
    name: line.name,
    title: line.name,
    sku: line.sku,
    quantity: line.quantity,
    current_quantity: line.quantity,
    price: poundsText(line.priceMinor),
    price_set: moneySet(line.priceMinor, order.person.place),
    gift_card: false,
    requires_shipping: true,
    taxable: true,
    variant_title: null,
    vendor: 'Harbour & Pine',
    product_exists: true,
    total_discount: '0.00',
    discount_allocations: [],
    tax_lines: [],
    duties: [],
    properties: [],
  }));

/** The refund resource: the body of `refunds/create`, and part of an order's. */
export const shopifyRefund = (order: ShopOrder, state: OrderState): Json => ({
  id: shopifyId.refund(order.number),
  admin_graphql_api_id: `gid://shopify/Refund/${shopifyId.refund(order.number)}`,
  order_id: shopifyId.order(order.number),
  created_at: shopifyTime(state.updatedAt),
  processed_at: shopifyTime(state.updatedAt),
  note: null,
  user_id: null,
  restock: true,
  duties: [],
  order_adjustments: [],
  refund_line_items: [],
  return: null,
  transactions: [
    {
      id: shopifyId.refund(order.number) + 1,
      order_id: shopifyId.order(order.number),
      kind: 'refund',
      gateway: 'shopify_payments',
      status: 'success',
      amount: poundsText(state.refundedMinor),
      currency: 'GBP',
      created_at: shopifyTime(state.updatedAt),
      processed_at: shopifyTime(state.updatedAt),
      test: false,
    },
  ],
});

const financialStatus = {
  pending: 'pending',
  paid: 'paid',
  partially_refunded: 'partially_refunded',
  refunded: 'refunded',
  cancelled: 'refunded',
} as const;

const amounts = (order: ShopOrder): Json => {
  const { place } = order.person;
  const discountMinor = order.discount?.amountMinor ?? 0;
  return {
    currency: 'GBP',
    presentment_currency: place.currency,
    taxes_included: true,
    subtotal_price: poundsText(order.subtotalMinor),
    subtotal_price_set: moneySet(order.subtotalMinor, place),
    current_subtotal_price: poundsText(order.subtotalMinor),
    current_subtotal_price_set: moneySet(order.subtotalMinor, place),
    total_line_items_price: poundsText(order.subtotalMinor + discountMinor),
    total_line_items_price_set: moneySet(order.subtotalMinor + discountMinor, place),
    total_discounts: poundsText(discountMinor),
    total_discounts_set: moneySet(discountMinor, place),
    total_shipping_price_set: moneySet(order.shippingMinor, place),
    total_tax: poundsText(order.taxMinor),
    total_tax_set: moneySet(order.taxMinor, place),
    total_price: poundsText(order.totalMinor),
    total_price_set: moneySet(order.totalMinor, place),
    total_tip_received: '0.00',
  };
};

const whoBought = (order: ShopOrder): Json => ({
  email: order.person.email,
  contact_email: order.person.email,
  phone: null,
  buyer_accepts_marketing: order.consentAt !== undefined,
  customer_locale: order.person.place.locale,
  customer: order.asGuest
    ? null
    : shopifyCustomer(order.person, {
        createdAt: order.person.arrivesAt,
        updatedAt: order.placedAt,
        ...(order.consentAt === undefined ? {} : { consentAt: order.consentAt }),
      }),
  billing_address: shopifyAddress(order.person),
  shipping_address: shopifyAddress(order.person),
});

const fulfilments = (order: ShopOrder, { deliveredAt }: OrderState): readonly Json[] =>
  deliveredAt === undefined
    ? []
    : [
        {
          id: shopifyId.order(order.number) + 7,
          order_id: shopifyId.order(order.number),
          status: 'success',
          shipment_status: 'delivered',
          created_at: shopifyTime(order.placedAt + 3_600_000),
          updated_at: shopifyTime(deliveredAt),
          tracking_company: 'Royal Mail',
          line_items: [],
        },
      ];

/** The order resource as it stands in `state`: the body of `orders/*`. */
export const shopifyOrder = (order: ShopOrder, state: OrderState): Json => ({
  id: shopifyId.order(order.number),
  admin_graphql_api_id: `gid://shopify/Order/${shopifyId.order(order.number)}`,
  name: `#${order.number}`,
  number: order.number - 1_000,
  order_number: order.number,
  app_id: 580_111,
  source_name: 'web',
  confirmed: true,
  test: false,
  tags: '',
  note: null,
  created_at: shopifyTime(order.placedAt),
  processed_at: shopifyTime(order.placedAt),
  updated_at: shopifyTime(state.updatedAt),
  cancelled_at: state.status === 'cancelled' ? shopifyTime(state.updatedAt) : null,
  cancel_reason: state.status === 'cancelled' ? 'customer' : null,
  closed_at: null,
  financial_status: financialStatus[state.status],
  fulfillment_status: state.deliveredAt === undefined ? null : 'fulfilled',
  discount_codes:
    order.discount === undefined
      ? []
      : [{ code: order.discount.code, amount: poundsText(order.discount.amountMinor), type: 'percentage' }],
  ...amounts(order),
  ...whoBought(order),
  line_items: lineItems(order),
  shipping_lines: [],
  tax_lines: [],
  fulfillments: fulfilments(order, state),
  refunds: state.refundedMinor > 0 ? [shopifyRefund(order, state)] : [],
  payment_gateway_names: ['shopify_payments'],
});
