import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto';

/** SHA-256 of the parts joined by a separator no part can hold, base64url, cut to `length` characters (22 = 132 bits). */
export const hashOf = (parts: readonly string[], length = 22): string =>
  hash('sha256', JSON.stringify(parts), 'base64url').slice(0, length);

/** A number in [0, 1) that depends on nothing but the parts: 48 bits of their SHA-256. */
export const uniformOf = (parts: readonly string[]): number =>
  Number.parseInt(hash('sha256', JSON.stringify(parts), 'hex').slice(0, 12), 16) / 2 ** 48;

/** Making a key ready costs four times the hash: each is made ready once. */
const ready = new WeakMap<Uint8Array, KeyObject>();
const readied = (key: Uint8Array): KeyObject => {
  const known = ready.get(key);
  if (known !== undefined) return known;
  const made = createSecretKey(key);
  ready.set(key, made);
  return made;
};

/** HMAC-SHA-256 under the deployment's key, which must not be changed in place, base64url, 32 characters (192 bits): how an address appears where it must not be readable. */
export const keyedHash = (key: Uint8Array, text: string): string =>
  createHmac('sha256', readied(key)).update(text).digest('base64url').slice(0, 32);

/** Constant-time comparison; differing lengths are unequal at once, which tells nothing but the length. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b);
