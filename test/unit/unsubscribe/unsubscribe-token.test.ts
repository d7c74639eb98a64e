import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LifecycleError } from '../../../shared/domain/errors.ts';
import { hashOf } from '../../../shared/domain/hash.ts';
import { mintUnsubscribeToken, readUnsubscribeToken } from '../../../shared/domain/sends/unsubscribe-token.ts';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const storeId = fc.stringMatching(/^[a-z][a-z0-9-]{0,46}$/);
const customerId = fc.string().map((seed) => hashOf(['demo', seed]));
const keyId = fc.integer({ min: 0, max: 255 });
const grant = fc.record({ store: storeId, customerId, purpose: fc.constant('marketing' as const) });
const codeOf = (act: () => unknown): string | undefined => {
  try {
    act();
  } catch (error) {
    return error instanceof LifecycleError ? error.code : 'another';
  }
  return undefined;
};

describe('an unsubscribe token', () => {
  it('says who stops what, to the deployment that made it', () =>
    fc.assert(
      fc.property(grant, key, keyId, (whose, secret, id) => {
        const token = mintUnsubscribeToken(whose, secret, id);
        expect(readUnsubscribeToken(token, { [id]: secret })).toEqual({ type: 'granted', ...whose });
      }),
    ));

  it('is at most 120 characters of the base64url alphabet', () =>
    fc.assert(
      fc.property(grant, key, keyId, (whose, secret, id) => {
        expect(mintUnsubscribeToken(whose, secret, id)).toMatch(/^[A-Za-z0-9_-]{1,120}$/);
      }),
    ));

  it('is refused when a single bit of it differs', () =>
    fc.assert(
      fc.property(grant, key, fc.nat(), (whose, secret, at) => {
        const bytes = Buffer.from(mintUnsubscribeToken(whose, secret, 1), 'base64url');
        const bit = at % (bytes.length * 8);
        bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        expect(readUnsubscribeToken(bytes.toString('base64url'), { 1: secret })).toEqual({ type: 'refused' });
      }),
      { numRuns: 1_000 },
    ));

  it('is refused when cut, lengthened or spelt differently', () =>
    fc.assert(
      fc.property(grant, key, fc.nat(), fc.string({ minLength: 1 }), (whose, secret, at, more) => {
        const token = mintUnsubscribeToken(whose, secret, 1);
        for (const other of [
          token.slice(0, at % token.length),
          token + more,
          token.repeat(5),
          ` ${token}`,
          `${token}=`,
        ]) {
          expect(readUnsubscribeToken(other, { 1: secret })).toEqual({ type: 'refused' });
        }
      }),
    ));

  it('is refused under another key and under an unknown key id', () =>
    fc.assert(
      fc.property(grant, key, key, (whose, secret, other) => {
        fc.pre(!Buffer.from(secret).equals(Buffer.from(other)));
        const token = mintUnsubscribeToken(whose, secret, 1);
        expect(readUnsubscribeToken(token, { 1: other })).toEqual({ type: 'refused' });
        expect(readUnsubscribeToken(token, { 2: secret })).toEqual({ type: 'refused' });
      }),
    ));

  it('never speaks for another store or another customer, however the border between the two ids is moved', () => {
    const secret = new Uint8Array(32).fill(7);
    const bytes = Buffer.from(
      mintUnsubscribeToken({ store: 'ab', customerId: 'cd', purpose: 'marketing' }, secret, 1),
      'base64url',
    );
    bytes.writeUInt8(3, 3);
    expect(readUnsubscribeToken(bytes.toString('base64url'), { 1: secret })).toEqual({ type: 'refused' });
    expect(mintUnsubscribeToken({ store: 'abc', customerId: 'd', purpose: 'marketing' }, secret, 1)).not.toBe(
      mintUnsubscribeToken({ store: 'ab', customerId: 'cd', purpose: 'marketing' }, secret, 1),
    );
  });

  it('keeps working after the key was changed, as long as the old one is kept for reading', () =>
    fc.assert(
      fc.property(grant, key, key, (whose, old, current) => {
        const token = mintUnsubscribeToken(whose, old, 1);
        expect(readUnsubscribeToken(token, { 1: old, 2: current }).type).toBe('granted');
      }),
    ));

  it('of a later format or purpose is refused, even with a good signature', () => {
    const secret = new Uint8Array(32).fill(7);
    for (const place of [0, 2]) {
      const bytes = Buffer.from(
        mintUnsubscribeToken({ store: 's', customerId: 'c', purpose: 'marketing' }, secret, 1),
        'base64url',
      );
      bytes.writeUInt8(9, place);
      const body = bytes.subarray(0, -16);
      const mac = createHmac('sha256', secret).update('perennial unsubscribe\0').update(body).digest().subarray(0, 16);
      const token = Buffer.concat([body, mac]).toString('base64url');
      expect(readUnsubscribeToken(token, { 1: secret })).toEqual({ type: 'refused' });
    }
  });

  it('is never read from noise', () =>
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.base64String({ maxLength: 200 }), fc.stringMatching(/^[A-Za-z0-9_-]{0,130}$/)),
        key,
        (noise, secret) => {
          expect(readUnsubscribeToken(noise, { 1: secret })).toEqual({ type: 'refused' });
        },
      ),
    ));

  it('is not made for ids that are empty or too long, nor under a key id that is no byte', () => {
    const secret = new Uint8Array(32);
    const make = (store: string, customer: string, id = 1) =>
      codeOf(() => mintUnsubscribeToken({ store, customerId: customer, purpose: 'marketing' }, secret, id));
    expect(make('s'.repeat(48), 'c'.repeat(22))).toBeUndefined();
    expect(make('s'.repeat(49), 'c'.repeat(22))).toBe('policy.invalid');
    expect(make('', 'c')).toBe('policy.invalid');
    expect(make('s', '')).toBe('policy.invalid');
    for (const id of [-1, 256, 1.5, Number.NaN]) expect(make('s', 'c', id)).toBe('policy.invalid');
  });
});
