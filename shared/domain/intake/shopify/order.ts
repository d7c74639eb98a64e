import { isCurrency, minorUnits } from '../../orders/money.ts';
import type { Order, OrderLine, OrderStatus } from '../../orders/order.ts';
import { type EpochMs, parseInstant } from '../../time.ts';
import { defined } from '../defined.ts';
import { type DeliveryContext, quarantined } from '../delivery.ts';
import { fitLines } from '../fit-lines.ts';
import type { Intake } from '../intake.ts';
import { implausibleTime, plausibleDelivery } from '../plausible-times.ts';
import { tidyText } from '../tidy-text.ts';
import { checkoutConsent, customerConsent, latestClaim } from './consent.ts';
import { channelOf, kindOf } from './kind-and-channel.ts';
import { type LinePayload, type OrderPayload, orderPayload } from './payload.ts';
import { personOf } from './person.ts';
import { refundMinor } from './refund.ts';
import { shopMinor, shopSum } from './shop-money.ts';

/** More lines than any checkout makes; such a body is a mistake or an attack. */
const maxLines = 5_000;

const statuses: ReadonlyMap<string, OrderStatus> = new Map<string, OrderStatus>(
  (
    ['pending', 'authorized', 'partially_paid', 'paid', 'partially_refunded', 'refunded', 'voided', 'expired'] as const
  ).map((status) => [status, status]),
);

const statusOf = (order: OrderPayload): OrderStatus | undefined =>
  order.cancelled_at ? 'cancelled' : statuses.get(order.financial_status ?? 'pending');

const lineOf = (line: LinePayload, index: number, currency: string): OrderLine => {
  const name = tidyText(line.name ?? line.title);
  const sku = tidyText(line.sku) ?? line.variant_id ?? line.product_id ?? name ?? `line-${index + 1}`;
  const priceMinor = shopMinor({ set: line.price_set, plain: line.price }, currency) ?? 0;
  return defined({ sku, name, quantity: line.quantity, priceMinor });
};

const taxMinor = (order: OrderPayload, currency: string): number | undefined => {
  const minor = shopMinor({ set: order.total_tax_set, plain: order.total_tax }, currency);
  return minor === undefined ? undefined : Math.max(0, minor);
};

/** Shipping as paid: after discounts, and without its tax where prices include tax (`total_tax` has that already). */
const shippingMinor = (order: OrderPayload, currency: string): number | undefined => {
  const lines = order.shipping_lines ?? [];
  if (lines.length === 0) return shopMinor({ set: order.total_shipping_price_set }, currency);
  const paid = lines.map((line) =>
    line.discounted_price_set || line.discounted_price
      ? { set: line.discounted_price_set, plain: line.discounted_price }
      : { set: line.price_set, plain: line.price },
  );
  const taxes = order.taxes_included
    ? lines.flatMap((line) => (line.tax_lines ?? []).map((tax) => ({ set: tax.price_set, plain: tax.price })))
    : [];
  return Math.max(0, shopSum(paid, currency) - shopSum(taxes, currency));
};

/** Delivered when every shipment that was not called off is; the last one counts. */
const deliveredAt = (order: OrderPayload): EpochMs | undefined => {
  const shipments = (order.fulfillments ?? []).filter((f) => f.status !== 'cancelled' && f.status !== 'failure');
  const times = shipments.map((f) =>
    f.shipment_status === 'delivered' && f.updated_at ? parseInstant(f.updated_at) : undefined,
  );
  const known = times.filter((at) => at !== undefined);
  return known.length > 0 && known.length === times.length ? Math.max(...known) : undefined;
};

const firstLanguage = (acceptLanguage: string | null | undefined): string | undefined =>
  /[\w-]+/.exec(acceptLanguage ?? '')?.[0];

const buyerOf = (order: OrderPayload, placedAt: EpochMs, updatedAt: EpochMs, now: EpochMs) => {
  const { customer } = order;
  return personOf({
    customer,
    emails: [order.email, order.contact_email],
    addresses: [order.shipping_address, customer?.default_address, order.billing_address],
    locales: [order.customer_locale, firstLanguage(order.client_details?.accept_language)],
    consent: latestClaim(
      customer ? customerConsent(customer, updatedAt, now) : undefined,
      checkoutConsent(order.buyer_accepts_marketing, placedAt),
    ),
  });
};

const discountsOf = (order: OrderPayload, currency: string): Order['discounts'] =>
  (order.discount_codes ?? []).slice(0, 50).flatMap(({ code, amount }) => {
    const tidy = tidyText(code);
    return tidy === undefined ? [] : [{ code: tidy, amountMinor: minorUnits(amount ?? '0', currency, 'round') ?? 0 }];
  });

type Settled = Readonly<{
  status: OrderStatus;
  currency: string;
  totalMinor: number;
  placedAt: EpochMs;
  updatedAt: EpochMs;
}>;

const orderOf = (order: OrderPayload, settled: Settled, context: DeliveryContext): Order => {
  const { currency, totalMinor, placedAt, updatedAt } = settled;
  const refunded = (order.refunds ?? []).reduce((sum, refund) => sum + refundMinor(refund, currency), 0);
  return defined({
    store: context.store,
    source: 'shopify' as const,
    orderId: order.id,
    ...settled,
    kind: kindOf(order),
    channel: channelOf(order),
    refundedMinor: Math.min(totalMinor, Math.max(0, refunded)),
    taxMinor: taxMinor(order, currency),
    shippingMinor: shippingMinor(order, currency),
    test: order.test === true,
    deliveredAt: plausibleDelivery(deliveredAt(order), placedAt, context.now),
    discounts: discountsOf(order, currency),
    customer: buyerOf(order, placedAt, updatedAt, context.now),
    ...fitLines((order.line_items ?? []).map((line, index) => lineOf(line, index, currency))),
  });
};

/** An order as every order topic but `orders/edited` and `orders/delete` carries it whole. */
export const orderIntake = (body: unknown, context: DeliveryContext): Intake => {
  const parsed = orderPayload.safeParse(body);
  if (!parsed.success) return quarantined('shopify', context, 'unreadable-payload');
  const order = parsed.data;
  const set = order.total_price_set;
  const refuse = (reason: string): Intake =>
    quarantined('shopify', context, reason, { order: order.id, customer: order.customer?.id });
  if ((order.line_items ?? []).length > maxLines) return refuse('too-many-lines');
  const currency = set?.shop_money.currency_code ?? order.currency ?? context.storeCurrency;
  if (currency === undefined || !isCurrency(currency)) return refuse('no-currency');
  const totalMinor = shopMinor({ set, plain: order.total_price }, currency);
  if (totalMinor === undefined || totalMinor < 0) return refuse('unreadable-amount');
  const status = statusOf(order);
  if (status === undefined) return refuse('unknown-financial-status');
  const placedAt = parseInstant(order.processed_at ?? order.created_at ?? '');
  const updatedAt = order.updated_at ? parseInstant(order.updated_at) : context.triggeredAt;
  if (placedAt === undefined || updatedAt === undefined) return refuse('unreadable-time');
  const implausible = implausibleTime({ placedAt, updatedAt }, context.now);
  if (implausible) return refuse(implausible);
  return { type: 'order', order: orderOf(order, { status, currency, totalMinor, placedAt, updatedAt }, context) };
};
