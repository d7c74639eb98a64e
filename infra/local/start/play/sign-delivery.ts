import { createHmac } from 'node:crypto';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { toIso } from '../../../../shared/domain/time.ts';
import type { Delivery } from './script.ts';

/** Secrets of one store's webhooks, one per source. */
export type WebhookSecrets = Readonly<{ shopify: string; standard: string }>;

const hmac = (key: string | Buffer, text: string): string => createHmac('sha256', key).update(text).digest('base64');

/** What Shopify sends along: base64 HMAC-SHA256 of the raw body under the app's secret. */
const shopifyHeaders = (delivery: Delivery, secret: string, now: EpochMs): Record<string, string> => ({
  'user-agent': 'Shopify-Captain-Hook',
  'x-shopify-topic': delivery.topic,
  'x-shopify-hmac-sha256': hmac(secret, delivery.body),
  'x-shopify-shop-domain': 'harbour-and-pine.myshopify.com',
  'x-shopify-api-version': '2026-07',
  'x-shopify-webhook-id': delivery.id,
  'x-shopify-triggered-at': toIso(now),
});

/** The Standard Webhooks scheme: `id.timestamp.body` under the base64 part of the `whsec_` secret. */
const standardHeaders = (delivery: Delivery, secret: string, now: EpochMs): Record<string, string> => {
  const timestamp = String(Math.floor(now / 1_000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return {
    'webhook-id': delivery.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${hmac(key, `${delivery.id}.${timestamp}.${delivery.body}`)}`,
  };
};

/** The headers of a delivery, signed over exactly the bytes of its body. */
export const signedHeaders = (delivery: Delivery, secrets: WebhookSecrets, now: EpochMs): Record<string, string> => ({
  'content-type': 'application/json',
  ...(delivery.source === 'shopify'
    ? shopifyHeaders(delivery, secrets.shopify, now)
    : standardHeaders(delivery, secrets.standard, now)),
});
