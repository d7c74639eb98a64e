import { type DeliveryContext, quarantined } from '../delivery.ts';
import type { Intake } from '../intake.ts';
import {
  checkoutIntake,
  consentIntake,
  customerIntake,
  deletedCustomerIntake,
  mergeIntake,
  redactIntake,
} from './customer.ts';
import { orderIntake } from './order.ts';
import { idsPayload } from './payload.ts';
import { refundIntake } from './refund.ts';

type Read = (body: unknown, context: DeliveryContext) => Intake;

/** Other topics of the same change carry all of it. */
const nothing =
  (reason: string): Read =>
  () => ({ type: 'nothing', reason });

/** The operator has to act, or to know. */
const toOperator =
  (reason: string): Read =>
  (body, context) => {
    const parsed = idsPayload.safeParse(body);
    const { id, shop_id: shop, customer, data_request: request } = parsed.success ? parsed.data : {};
    return quarantined('shopify', context, reason, {
      id,
      shop,
      customer: customer?.id,
      request: request?.id,
    });
  };

const deletedOrder: Read = (body, context) => {
  const parsed = idsPayload.safeParse(body);
  const orderId = parsed.success ? parsed.data.id : undefined;
  if (!orderId) return quarantined('shopify', context, 'unreadable-payload');
  const at = context.triggeredAt ?? context.now;
  return { type: 'order-deleted', key: { store: context.store, source: 'shopify', orderId }, at };
};

const topics: ReadonlyMap<string, Read> = new Map<string, Read>([
  ...['create', 'paid', 'updated', 'cancelled', 'fulfilled', 'partially_fulfilled'].map((change): [string, Read] => [
    `orders/${change}`,
    orderIntake,
  ]),
  ['orders/edited', nothing('covered-by-order-topics')],
  ['orders/delete', deletedOrder],
  ['order_transactions/create', nothing('covered-by-order-topics')],
  ['refunds/create', refundIntake],
  ...['create', 'update', 'enable', 'disable'].map((change): [string, Read] => [`customers/${change}`, customerIntake]),
  ['customers/delete', deletedCustomerIntake],
  ['customers/merge', mergeIntake],
  ['customers_email_marketing_consent/update', consentIntake],
  ['customers/email_marketing_consent_update', consentIntake],
  ['checkouts/create', checkoutIntake],
  ['checkouts/update', checkoutIntake],
  ['checkouts/delete', nothing('adds-nothing')],
  ['carts/create', nothing('no-identity')],
  ['carts/update', nothing('no-identity')],
  ['customers/redact', redactIntake],
  ['customers/data_request', toOperator('data-request')],
  ['shop/redact', toOperator('shop-redact')],
  ['app/uninstalled', toOperator('app-uninstalled')],
]);

/**
 * What one signed Shopify delivery means; `context.topic` is Shopify's name for it.
 *
 * Nothing is refused here: Shopify deletes a subscription whose deliveries are, so what cannot be used goes to the operator.
 */
export const shopifyIntake: Read = (body, context) =>
  (topics.get(context.topic) ?? toOperator('unknown-topic'))(body, context);
