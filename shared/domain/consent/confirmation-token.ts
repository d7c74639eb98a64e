import { createHmac } from 'node:crypto';
import type { CustomerId } from '../customers/customer.ts';
import { sameBytes } from '../hash.ts';
import type { StoreId } from '../store.ts';
import { type EpochMs, seconds } from '../time.ts';
import { confirmWithinMs } from './double-opt-in.ts';

/** Whose statement a link confirms. `issuedAt` is kept in whole seconds. */
export type Confirmation = Readonly<{ store: StoreId; customerId: CustomerId; statement: string; issuedAt: EpochMs }>;

export type ConfirmationReading =
  | Readonly<{ type: 'granted'; confirmation: Confirmation }>
  /** Ours, but older than a link may be. */
  | Readonly<{ type: 'late' }>
  | Readonly<{ type: 'refused' }>;

const version = '1';
const macLength = 16;
const maxTokenLength = 240;

const macOf = (key: Uint8Array, body: string): Buffer =>
  createHmac('sha256', key).update('perennial confirmation\0').update(body).digest().subarray(0, macLength);

/** The secret part of a confirmation link, no personal data. The same confirmation and key give the same token. */
export const mintConfirmationToken = (
  { store, customerId, statement, issuedAt }: Confirmation,
  key: Uint8Array,
): string => {
  const body = JSON.stringify([version, store, customerId, statement, Math.floor(issuedAt / seconds(1))]);
  return `${Buffer.from(body).toString('base64url')}.${macOf(key, body).toString('base64url')}`;
};

/** Reads a token; nothing in it is believed before its MAC, which is compared in constant time. */
export const readConfirmationToken = (token: string, key: Uint8Array, now: EpochMs): ConfirmationReading => {
  const [first = '', second = '', ...more] = token.length <= maxTokenLength ? token.split('.') : [];
  const body = Buffer.from(first, 'base64url').toString();
  const isCanonical = Buffer.from(body).toString('base64url') === first && more.length === 0;
  if (!isCanonical || !sameBytes(macOf(key, body), Buffer.from(second, 'base64url'))) return { type: 'refused' };
  const [, store, customerId, statement, issued]: readonly (string | number)[] = JSON.parse(body);
  const issuedAt = seconds(Number(issued));
  if (now - issuedAt > confirmWithinMs) return { type: 'late' };
  const confirmation = { store: String(store), customerId: String(customerId), statement: String(statement), issuedAt };
  return { type: 'granted', confirmation };
};
