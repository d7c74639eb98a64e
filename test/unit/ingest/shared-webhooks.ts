import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const folder = join(import.meta.dirname, '../../../../shared/data/webhooks');

export const haveWebhooks = existsSync(folder);
if (!haveWebhooks)
  console.warn('skipped: webhook fixtures, because ../shared/data/webhooks is not beside this repository');

const read = (path: string): unknown => JSON.parse(readFileSync(join(folder, path), 'utf8'));

const delivery = z.object({
  bodyFile: z.string(),
  topic: z.string(),
  secret: z.string(),
  headers: z.record(z.string(), z.string()),
});

/** Shopify's own payloads with the headers of a delivery. */
export const shopifyDeliveries = haveWebhooks ? z.array(delivery).parse(read('shopify/deliveries.json')) : [];
/** The exact bytes that were signed. */
export const shopifyBody = (file: string): Buffer => readFileSync(join(folder, 'shopify', file));

const vector = z.object({
  name: z.string(),
  secret: z.string(),
  'webhook-id': z.string(),
  'webhook-timestamp': z.string(),
  'webhook-signature': z.string(),
  body: z.string(),
  now: z.number(),
  valid: z.boolean(),
});
export const standardVectors = haveWebhooks
  ? z.object({ cases: z.array(vector) }).parse(read('standard-webhooks/vectors.json')).cases
  : [];
