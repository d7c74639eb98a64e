import * as z from 'zod';
import { tidyId } from '../tidy-text.ts';

/** A field we can do without: a shape we do not know makes it absent, not the order unreadable. */
const lenient = <T extends z.ZodType>(schema: T) => schema.nullish().catch(undefined);

/** Ids are numbers in REST payloads and may exceed 2^53: then they arrive here as text. */
const id = z.union([z.string(), z.number()]).nullish().transform(tidyId).catch(undefined);
const requiredId = z.union([z.string(), z.number()]).transform(tidyId).pipe(z.string());
const text = lenient(z.string());
/** Decimal text; some refund lines carry JSON numbers. */
const amount = lenient(z.union([z.string(), z.number()]).transform(String));
const moneySet = lenient(z.object({ shop_money: z.object({ amount: z.string(), currency_code: z.string() }) }));

const address = lenient(z.object({ first_name: text, last_name: text, country_code: text, province_code: text }));

const consent = lenient(z.object({ state: text, opt_in_level: text, consent_updated_at: text }));

/** The customer object of customer topics, orders and checkouts. */
export const customerPayload = z.object({
  id,
  email: text,
  first_name: text,
  last_name: text,
  locale: text,
  tags: text,
  updated_at: text,
  default_address: address,
  email_marketing_consent: consent,
  accepts_marketing: lenient(z.boolean()),
  accepts_marketing_updated_at: text,
});
export type CustomerPayload = z.output<typeof customerPayload>;

const refundLine = z.object({ subtotal: amount, subtotal_set: moneySet, total_tax: amount, total_tax_set: moneySet });
const transaction = z.object({ amount, currency: text, kind: text, status: text });
const adjustment = z.object({ kind: text, amount, amount_set: moneySet, tax_amount: amount, tax_amount_set: moneySet });

export const refundPayload = z.object({
  id: requiredId,
  order_id: id,
  created_at: text,
  processed_at: text,
  refund_line_items: lenient(z.array(refundLine)),
  transactions: lenient(z.array(transaction)),
  order_adjustments: lenient(z.array(adjustment)),
});
export type RefundPayload = z.output<typeof refundPayload>;

const lineItem = z.object({
  sku: text,
  variant_id: id,
  product_id: id,
  name: text,
  title: text,
  quantity: z.number().int().min(0).max(1_000_000),
  price: amount,
  price_set: moneySet,
  gift_card: lenient(z.boolean()),
});
export type LinePayload = z.output<typeof lineItem>;

const taxLine = z.object({ price: amount, price_set: moneySet });
const shippingLine = z.object({
  price: amount,
  price_set: moneySet,
  discounted_price: amount,
  discounted_price_set: moneySet,
  tax_lines: lenient(z.array(taxLine)),
});

export const orderPayload = z.object({
  id: requiredId,
  email: text,
  contact_email: text,
  created_at: text,
  processed_at: text,
  updated_at: text,
  cancelled_at: text,
  financial_status: text,
  source_name: text,
  test: lenient(z.boolean()),
  tags: text,
  currency: text,
  total_price: amount,
  total_price_set: moneySet,
  total_tax: amount,
  total_tax_set: moneySet,
  total_shipping_price_set: moneySet,
  taxes_included: lenient(z.boolean()),
  buyer_accepts_marketing: lenient(z.boolean()),
  customer_locale: text,
  client_details: lenient(z.object({ accept_language: text })),
  company: lenient(z.object({ id })),
  discount_codes: lenient(z.array(z.object({ code: z.string(), amount }))),
  fulfillments: lenient(z.array(z.object({ status: text, shipment_status: text, updated_at: text }))),
  refunds: lenient(z.array(refundPayload)),
  shipping_lines: lenient(z.array(shippingLine)),
  line_items: z.array(lineItem).nullish(),
  customer: lenient(customerPayload),
  billing_address: address,
  shipping_address: address,
});
export type OrderPayload = z.output<typeof orderPayload>;

/** Most topics name what they are about by `id`; compliance topics by more. */
export const idsPayload = z.object({
  id,
  shop_id: id,
  customer: lenient(z.object({ id, email: text })),
  data_request: lenient(z.object({ id })),
});

export const mergePayload = z.object({
  admin_graphql_api_customer_kept_id: z.string(),
  admin_graphql_api_customer_deleted_id: z.string(),
  status: text,
});

export const consentPayload = z.object({ customer_id: id, email_address: text, email_marketing_consent: consent });

export const checkoutPayload = z.object({
  id: requiredId,
  email: text,
  created_at: text,
  completed_at: text,
  currency: text,
  total_price: amount,
  line_items: lenient(z.array(z.unknown())),
  customer: lenient(customerPayload),
  customer_locale: text,
  billing_address: address,
  shipping_address: address,
});
