import * as z from 'zod';
import { isCurrency, minorUnits } from '../../orders/money.ts';
import { type DeliveryContext, quarantined } from '../delivery.ts';
import type { Intake } from '../intake.ts';
import { pastInstant } from './consent.ts';
import { type RefundPayload, refundPayload } from './payload.ts';
import { shopSum } from './shop-money.ts';

// What the returned goods and shipping were worth: for refunds whose payments are in the buyer's currency, or that moved no money.
const goodsMinor = (refund: RefundPayload, currency: string): number => {
  const goods = (refund.refund_line_items ?? []).flatMap((line) => [
    { set: line.subtotal_set, plain: line.subtotal },
    { set: line.total_tax_set, plain: line.total_tax },
  ]);
  const shipping = (refund.order_adjustments ?? [])
    .filter((adjustment) => adjustment.kind === 'shipping_refund')
    .flatMap((adjustment) => [
      { set: adjustment.amount_set, plain: adjustment.amount },
      { set: adjustment.tax_amount_set, plain: adjustment.tax_amount },
    ]);
  return shopSum(goods, currency) + Math.abs(shopSum(shipping, currency));
};

const paymentsOf = ({ transactions }: RefundPayload) =>
  (transactions ?? []).filter((t) => t.kind === 'refund' && t.status === 'success');

/** Money moved, and nobody can say how much: that is not zero. */
const isUnreadable = (refund: RefundPayload, currency: string): boolean =>
  paymentsOf(refund).some(({ amount }) => minorUnits(amount ?? '', currency, 'round') === undefined);

/**
 * What a refund gave back, in minor units of the shop's currency: the money that moved, or the worth of what was taken back
 * when the payments name another currency or there are none.
 */
export const refundMinor = (refund: RefundPayload, currency: string): number => {
  const paid = paymentsOf(refund);
  const known = paid.length > 0 && paid.every((t) => (t.currency ?? currency) === currency);
  if (!known) return goodsMinor(refund, currency);
  return paid.reduce((sum, t) => sum + (minorUnits(t.amount ?? '', currency, 'round') ?? 0), 0);
};

const shopCurrency = (refund: RefundPayload, context: DeliveryContext): string | undefined =>
  refund.refund_line_items?.find((line) => line.subtotal_set)?.subtotal_set?.shop_money.currency_code ??
  context.storeCurrency;

/** `refunds/create`: a refund of its own, which may come before its order. */
export const refundIntake = (body: unknown, context: DeliveryContext): Intake => {
  const parsed = refundPayload.extend({ order_id: refundPayload.shape.order_id.pipe(z.string()) }).safeParse(body);
  if (!parsed.success) return quarantined('shopify', context, 'unreadable-payload');
  const refund = parsed.data;
  const ids = { refund: refund.id, order: refund.order_id };
  const currency = shopCurrency(refund, context);
  if (currency === undefined || !isCurrency(currency)) return quarantined('shopify', context, 'no-currency', ids);
  const amountMinor = refundMinor(refund, currency);
  if (isUnreadable(refund, currency) || amountMinor < 0 || !Number.isSafeInteger(amountMinor))
    return quarantined('shopify', context, 'unreadable-amount', ids);
  const at = [refund.processed_at, refund.created_at]
    .map((text) => pastInstant(text, context.now))
    .find((t) => t !== undefined);
  return {
    type: 'refund',
    refund: {
      store: context.store,
      source: 'shopify',
      orderId: refund.order_id,
      refundId: refund.id,
      amountMinor,
      at: at ?? context.triggeredAt ?? context.now,
    },
  };
};
