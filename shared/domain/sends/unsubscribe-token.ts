import { createHmac } from 'node:crypto';
import type { CustomerId } from '../customers/customer.ts';
import { LifecycleError } from '../errors.ts';
import { sameBytes } from '../hash.ts';
import type { StoreId } from '../store.ts';

/**
 * Who stops which mail. Layout of the bytes behind the base64url:
 *
 *     0        1       2            3          3 + n      end - 16
 *     version  key id  purpose      n = length store      mac
 *                                              customer
 */
export type UnsubscribeGrant = Readonly<{ store: StoreId; customerId: CustomerId; purpose: UnsubscribePurpose }>;
type UnsubscribePurpose = 'marketing';

/** Keys by id, 0 to 255. A retired key stays for reading: links in old mails must work for ever. */
export type UnsubscribeKeys = Readonly<Record<number, Uint8Array>>;

export type UnsubscribeReading =
  | (Readonly<{ type: 'granted' }> & UnsubscribeGrant)
  /** Forged, cut, foreign or of an unknown key; which of them is nobody's business. */
  | Readonly<{ type: 'refused' }>;

/** Id under which the deployment's first key signs. */
export const firstUnsubscribeKeyId = 1;

const version = 1;
const headLength = 4;
/** 128 bits: forging one takes more attempts than any API answers. */
const macLength = 16;
const maxTokenLength = 120;
const purposeCodes: Readonly<Record<UnsubscribePurpose, number>> = { marketing: 1 };
const refused: UnsubscribeReading = { type: 'refused' };

/** The prefix keeps these MACs apart from everything else the same key signs. */
const macOf = (key: Uint8Array, body: Uint8Array): Uint8Array =>
  createHmac('sha256', key).update('perennial unsubscribe\0').update(body).digest().subarray(0, macLength);

/**
 * Makes the secret part of an unsubscribe link: at most 120 characters, no personal data, valid for ever.
 *
 * @param keyId Names the key inside the token, so that keys can be changed without breaking links already mailed.
 * @returns base64url. The same grant, key and id give the same token.
 * @throws {LifecycleError} `policy.invalid` when store and customer together take more than 70 bytes, either is empty,
 * or the key id is no byte.
 * @see https://www.rfc-editor.org/rfc/rfc8058#section-6 (the link must identify the recipient and be hard to forge)
 */
export const mintUnsubscribeToken = (grant: UnsubscribeGrant, key: Uint8Array, keyId: number): string => {
  const store = Buffer.from(grant.store);
  const customer = Buffer.from(grant.customerId);
  const head = Buffer.from([version, keyId, purposeCodes[grant.purpose], store.length]);
  const body = Buffer.concat([head, store, customer]);
  assertMintable(store, customer, keyId);
  return Buffer.concat([body, macOf(key, body)]).toString('base64url');
};

const assertMintable = (store: Uint8Array, customer: Uint8Array, keyId: number): void => {
  const room = (maxTokenLength / 4) * 3 - headLength - macLength;
  if (store.length === 0 || customer.length === 0 || store.length + customer.length > room) {
    const value = store.length + customer.length;
    const message = `cannot make unsubscribe token: 'store and customer' must be 1 to ${room} bytes, got ${value}`;
    throw new LifecycleError('policy.invalid', message, { field: 'store and customer', value });
  }
  if (!Number.isInteger(keyId) || keyId < 0 || keyId > 255) {
    const message = `cannot make unsubscribe token: 'keyId' must be 0 to 255, got ${keyId}`;
    throw new LifecycleError('policy.invalid', message, { field: 'keyId', value: keyId });
  }
};

/** Base64url in its one canonical spelling, else nothing: two texts never mean one token. */
const bytesOf = (token: string): Buffer | undefined => {
  if (token.length > maxTokenLength) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  return bytes.toString('base64url') === token && bytes.length > headLength + macLength + 1 ? bytes : undefined;
};

/** Only a body that carries our MAC gets here, so its lengths are those we wrote. */
const grantIn = (body: Buffer): UnsubscribeReading => {
  const storeEnd = headLength + body.readUInt8(3);
  const known = body.readUInt8(0) === version && body.readUInt8(2) === purposeCodes.marketing;
  if (!known) return refused;
  return {
    type: 'granted',
    store: body.toString('utf8', headLength, storeEnd),
    customerId: body.toString('utf8', storeEnd),
    purpose: 'marketing',
  };
};

/** Reads a token of any age. The MAC is compared in constant time, and before anything in the token is believed but the key's id. */
export const readUnsubscribeToken = (token: string, keys: UnsubscribeKeys): UnsubscribeReading => {
  const bytes = bytesOf(token);
  const key = bytes === undefined ? undefined : keys[bytes.readUInt8(1)];
  if (bytes === undefined || key === undefined) return refused;
  const body = bytes.subarray(0, -macLength);
  return sameBytes(macOf(key, body), bytes.subarray(-macLength)) ? grantIn(body) : refused;
};
