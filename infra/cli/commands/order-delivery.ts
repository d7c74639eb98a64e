import { createHmac } from 'node:crypto';
import { decimalAmount } from '../../../shared/domain/orders/money.ts';
import { type EpochMs, toIso } from '../../../shared/domain/time.ts';

export type OneOrder = Readonly<{
  id: string;
  email: string;
  totalMinor: number;
  currency: string;
  sku?: string | undefined;
  firstName?: string | undefined;
  country?: string | undefined;
  /** The customer says yes to marketing at this checkout. */
  consents: boolean;
  at: EpochMs;
}>;

/** An order as a shop's own system would send it, by the `standard` scheme. */
export const orderBody = (order: OneOrder): string => {
  const at = toIso(order.at);
  const total = decimalAmount(order.totalMinor, order.currency);
  const customer = {
    email: order.email,
    firstName: order.firstName,
    country: order.country,
    ...(order.consents ? { consent: { email: 'granted', at, source: 'checkout' } } : {}),
  };
  const lines = order.sku === undefined ? [] : [{ sku: order.sku, name: order.sku, quantity: 1, price: total }];
  return JSON.stringify({
    type: 'order.created',
    timestamp: at,
    data: {
      id: order.id,
      status: 'paid',
      currency: order.currency,
      total,
      placedAt: at,
      updatedAt: at,
      customer,
      lines,
    },
  });
};

/** Headers of the Standard Webhooks scheme over exactly these bytes. */
export const signedHeaders = (
  deliveryId: string,
  body: string,
  secret: string,
  at: EpochMs,
): Readonly<Record<string, string>> => {
  const timestamp = String(Math.floor(at / 1_000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const mac = createHmac('sha256', key).update(`${deliveryId}.${timestamp}.${body}`).digest('base64');
  return {
    'content-type': 'application/json',
    'webhook-id': deliveryId,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${mac}`,
  };
};
