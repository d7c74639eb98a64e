import { createHmac } from 'node:crypto';
import { sameBytes } from '../../shared/domain/hash.ts';
import { type EpochMs, minutes, seconds } from '../../shared/domain/time.ts';
import type { Delivery } from './read-delivery.ts';
import { shopifyHeader } from './shopify-header.ts';

/** Proves that a delivery was signed with one of the secrets: two are valid during a rotation. */
type Verify = (delivery: Delivery, secrets: readonly string[], now: EpochMs) => boolean;

const toleranceMs = minutes(5);
// A sender that rotates signs with two keys; more than a few is somebody trying.
const maxSignatures = 10;

// Node's decoder takes anything; a signature is 32 bytes in the one canonical spelling.
const signatureBytes = (text: string): Uint8Array | undefined =>
  /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(text) ? Buffer.from(text, 'base64') : undefined;

// Every secret is tried, so that the time taken does not tell which one it was.
const anyMatches = (given: readonly (Uint8Array | undefined)[], expected: readonly Uint8Array[]): boolean =>
  expected.flatMap((mac) => given.map((bytes) => bytes !== undefined && sameBytes(mac, bytes))).includes(true);

/** base64(HMAC-SHA256(secret, raw body)). */
const verifyShopify: Verify = (delivery, secrets) => {
  const given = signatureBytes(shopifyHeader(delivery, 'hmac-sha256') ?? '');
  const expected = secrets
    .filter((s) => s !== '')
    .map((secret) => createHmac('sha256', secret).update(delivery.body).digest());
  return anyMatches([given], expected);
};

const keyOf = (secret: string): Buffer => Buffer.from(secret.replace(/^whsec_/, ''), 'base64');

/** base64(HMAC-SHA256(key, `{id}.{timestamp}.{raw body}`)), any of the `v1` signatures, at most five minutes old by `now`. */
const verifyStandard: Verify = ({ headers, body }, secrets, now) => {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  if (!id || id.length > 256 || !timestamp || !signatures || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now - seconds(Number(timestamp))) > toleranceMs) return false;
  const given = signatures
    .split(' ', maxSignatures)
    .map((part) => (part.startsWith('v1,') ? signatureBytes(part.slice(3)) : undefined));
  const keys = secrets.map(keyOf).filter((key) => key.length > 0);
  const signed = keys.map((key) => createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest());
  return anyMatches(given, signed);
};

/** Sources whose deliveries we can read; anything else is answered like a bad signature. */
const verifiers = { shopify: verifyShopify, standard: verifyStandard } as const;
export type IngestSource = keyof typeof verifiers;

export const ingestSource = (source: string): IngestSource | undefined =>
  source === 'shopify' || source === 'standard' ? source : undefined;

/**
 * Whether the raw bytes carry a signature of one of the secrets.
 *
 * @param now Standard Webhooks refuses what is more than five minutes from it; never the wall clock.
 * @see docs/adr/0030-exact-json-and-signatures.md
 */
export const verifySignature = (
  source: IngestSource,
  delivery: Delivery,
  secrets: readonly string[],
  now: EpochMs,
): boolean => verifiers[source](delivery, secrets, now);
