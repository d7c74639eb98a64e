import { describe, expect, it, vi } from 'vitest';
import { answer as preferencesAnswer } from '../../functions/preferences/answer.ts';
import { answer as unsubscribeAnswer } from '../../functions/unsubscribe/answer.ts';
import { mintUnsubscribeToken } from '../../shared/domain/sends/unsubscribe-token.ts';
import { days, type EpochMs } from '../../shared/domain/time.ts';
import { start } from '../support/customers.ts';
import { compared } from './support/compared.ts';
import { openShop, type Shop, standardOrderOf } from './support/shop.ts';

vi.mock('node:crypto', async (original) => (await import('./support/compared.ts')).watching(await original()));

const key = new Uint8Array(32).fill(7);
type Visit = Readonly<{ method?: string; body?: string; headers?: Record<string, string>; at?: EpochMs }>;

/** Somebody with a welcome behind them, and the link that stood in it. */
const mailed = async () => {
  const shop = await openShop();
  await shop.standard(standardOrderOf(start));
  await shop.advanceTo(start + days(9));
  const link = /<https:\/\/api\.example\/u\/([\w-]+)>/.exec(shop.mails[0]?.headers['List-Unsubscribe'] ?? '');
  const token = link?.[1] ?? '';
  expect(token).not.toBe('');
  const writes: string[] = [];
  return { shop, token, writes, open: (given: string, visit: Visit = {}) => opened(shop, writes, given, visit) };
};

/** One request to `/u/{token}`, as the gateway hands it over. */
const opened = async (
  shop: Shop,
  writes: string[],
  token: string,
  { method = 'GET', body, headers = {}, at }: Visit,
) => {
  const deps = {
    customers: {
      restrictContact: async (store: string, customer: string, restriction: object) => {
        writes.push(customer);
        await shop.deps.customers.restrictContact(store, customer, restriction);
      },
    },
    secrets: { deploymentKey: async () => key },
    log: { error: () => undefined },
  };
  const http = { method, path: '/u/x', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'scanner' };
  const event = { pathParameters: { token }, headers, requestContext: { http }, body, isBase64Encoded: false };
  return unsubscribeAnswer(deps, event as unknown as Parameters<typeof unsubscribeAnswer>[1], at ?? shop.now());
};
const optOut = async (shop: Shop) => (await shop.customerOf('standard:c-1'))?.contact.optedOutAt;
const oneClick = { method: 'POST', body: 'List-Unsubscribe=One-Click' } as const;

describe('fault 21: an unsubscribe link in the wrong hands', () => {
  it('in the right ones: the page, the button, 200, and no mail after it', async () => {
    const { shop, token, open } = await mailed();
    expect((await open(token)).body).toContain('<form method="post">');
    expect((await open(token, oneClick)).statusCode).toBe(200);
    expect(await optOut(shop)).toBe(shop.now());
    await shop.standard(standardOrderOf(shop.now(), { id: 'o-2', customer: { id: 'c-1', email: 'ada@example.com' } }));
    await shop.advanceTo(start + days(200));
    expect(shop.mails).toHaveLength(1);
  });

  it('forged in any byte: 404, and nothing written', async () => {
    const { token, open, writes } = await mailed();
    const bytes = Buffer.from(token, 'base64url');
    for (let at = 0; at < bytes.length; at += 1)
      for (const flip of [1, 0x80]) {
        const forged = Buffer.from(bytes);
        forged.writeUInt8(forged.readUInt8(at) ^ flip, at);
        expect((await open(forged.toString('base64url'), oneClick)).statusCode).toBe(404);
      }
    expect(writes).toEqual([]);
  });

  it('cut anywhere, lengthened, or spelt otherwise: 404, and nothing written', async () => {
    const { token, open, writes } = await mailed();
    const cut = Array.from({ length: token.length }, (_, n) => token.slice(0, n));
    const other = [
      `${token}A`,
      `${token}=`,
      ` ${token}`,
      token.toUpperCase(),
      `${token}/`,
      encodeURIComponent(`${token}?`),
      '%00',
      '../u',
    ];
    for (const text of [...cut, ...other]) expect((await open(text, oneClick)).statusCode).toBe(404);
    expect(writes).toEqual([]);
  });

  it('of another deployment: 404; of another store: that store’s customer alone', async () => {
    const { shop, open, writes } = await mailed();
    const ada = (await shop.customerOf('standard:c-1'))?.customer?.customerId ?? '';
    const whose = { store: 'demo', customerId: ada, purpose: 'marketing' } as const;
    const foreign = mintUnsubscribeToken(whose, new Uint8Array(32).fill(8), 1);
    for (const token of [foreign, mintUnsubscribeToken(whose, key, 2)])
      expect((await open(token, oneClick)).statusCode).toBe(404);
    expect(writes).toEqual([]);
    expect((await open(mintUnsubscribeToken({ ...whose, store: 'other' }, key, 1), oneClick)).statusCode).toBe(200);
    expect(await optOut(shop)).toBeUndefined();
  });

  it.each([60, 365, 3_650])('after %d days it works as on the first', async (age) => {
    const { shop, token, open } = await mailed();
    const at = start + days(9 + age);
    expect((await open(token, { at })).statusCode).toBe(200);
    expect((await open(token, { ...oneClick, at })).statusCode).toBe(200);
    expect(await optOut(shop)).toBe(at);
  });

  it('posted twice, ten times, at once: 200 each time, one opt-out', async () => {
    const { shop, token, open } = await mailed();
    const answers = await Promise.all(Array.from({ length: 10 }, () => open(token, oneClick)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array.from({ length: 10 }, () => 200));
    const contact = (await shop.customerOf('standard:c-1'))?.contact;
    await open(token, oneClick);
    const { version: _one, ...again } = (await shop.customerOf('standard:c-1'))?.contact ?? {};
    const { version: _other, ...before } = contact ?? {};
    expect(again).toEqual(before);
  });

  it.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'PROPFIND'])(
    'opened by a scanner with %s: a page, and not a byte changes',
    async (method) => {
      const { shop, token, open, writes } = await mailed();
      const before = JSON.stringify([...shop.table.rows()]);
      for (let n = 0; n < 5; n += 1) expect((await open(token, { method })).statusCode).toBe(200);
      expect(writes).toEqual([]);
      expect(JSON.stringify([...shop.table.rows()])).toBe(before);
    },
  );

  it.each([
    ['no body', undefined],
    ['the one of RFC 8058', 'List-Unsubscribe=One-Click'],
    ['more fields', 'List-Unsubscribe=One-Click&purpose=none&undo=1&email=bo@example.com'],
    ['JSON', '{"optOut":false}'],
    ['multipart', '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--'],
    ['a megabyte', 'x'.repeat(1_000_000)],
    ['broken UTF-8', '\ud800%%%'],
  ])('posted with %s: opted out, whatever it says', async (_name, body) => {
    const { shop, token, open } = await mailed();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await open(token, { method: 'POST', headers, ...(body !== undefined && { body }) })).statusCode).toBe(200);
    expect(await optOut(shop)).toBe(shop.now());
  });

  it('is compared in constant time, and at whole length only', async () => {
    const { token, open } = await mailed();
    const bytes = Buffer.from(token, 'base64url');
    for (const at of [0, 4, bytes.length - 16, bytes.length - 1]) {
      const forged = Buffer.from(bytes);
      if (at !== 0) forged.writeUInt8(forged.readUInt8(at) ^ 1, at);
      compared.lengths = [];
      await open(forged.toString('base64url'));
      expect(compared.lengths).toEqual([[16, 16]]);
    }
  });

  it('the page of choices takes the same token, and refuses the same', async () => {
    const { shop, token } = await mailed();
    const deps = {
      ...shop.deps,
      secrets: { deploymentKey: async () => key },
    };
    const visit = (given: string, method: string) => {
      const http = { method, path: '/', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'x' };
      const event = {
        routeKey: `${method} /preferences/{token}`,
        pathParameters: { token: given },
        headers: {},
        body: 'do=stop',
      };
      return preferencesAnswer(
        deps,
        { ...event, isBase64Encoded: false, requestContext: { http } } as never,
        shop.now(),
      );
    };
    for (const wrong of [token.slice(1), `${token}A`, '']) expect((await visit(wrong, 'POST')).statusCode).toBe(404);
    expect((await visit(token, 'GET')).statusCode).toBe(200);
    expect(await optOut(shop)).toBeUndefined();
    expect((await visit(token, 'POST')).statusCode).toBe(200);
    expect(await optOut(shop)).toBe(shop.now());
  });
});
