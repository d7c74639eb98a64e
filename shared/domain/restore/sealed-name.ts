import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { StoreId } from '../store.ts';

/*
 * A platform's id may be anything, an address too, so it never stands readable outside the table. A keyed hash could not be
 * claimed again: the table keeps names as platforms tell them. So it is sealed under the deployment's key.
 */

const prefix = 'sealed:';
const hashed = 'email:';
const [ivBytes, tagBytes] = [12, 16];

const derived = (key: Uint8Array): Uint8Array => createHmac('sha256', key).update('erasure log, names').digest();

/**
 * A name as the erasure log keeps it. Addresses are keyed hashes already; anything else is encrypted (AES-256-GCM, NIST SP
 * 800-38D) under a key derived from the deployment's. The nonce is a keyed hash of store and name, so that the same name is
 * always sealed the same, and no two names share one.
 *
 * @param name `email:<keyed hash>` or `source:id`.
 */
export const sealName = (key: Uint8Array, store: StoreId, name: string): string => {
  if (name.startsWith(hashed)) return name;
  const own = derived(key);
  const iv = createHmac('sha256', own).update(`${store}\n${name}`).digest().subarray(0, ivBytes);
  const cipher = createCipheriv('aes-256-gcm', own, iv).setAAD(Buffer.from(store));
  const text = Buffer.concat([cipher.update(name, 'utf8'), cipher.final()]);
  return prefix + Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url');
};

/**
 * The name that was sealed.
 *
 * @returns `undefined` when it was sealed under another key, for another store, or not by us.
 */
export const openName = (key: Uint8Array, store: StoreId, sealed: string): string | undefined => {
  if (sealed.startsWith(hashed)) return sealed;
  const bytes = Buffer.from(sealed.slice(prefix.length), 'base64url');
  if (!sealed.startsWith(prefix) || bytes.length < ivBytes + tagBytes) return undefined;
  const iv = bytes.subarray(0, ivBytes);
  const decipher = createDecipheriv('aes-256-gcm', derived(key), iv).setAAD(Buffer.from(store));
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
};
