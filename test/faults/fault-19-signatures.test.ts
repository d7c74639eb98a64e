import { createHmac } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';

import { start } from '../support/customers.ts';
import {
  bench,
  send,
  shopifyHeaders,
  shopifySecret,
  standardHeaders,
  standardSecret,
} from '../unit/ingest/ingest-bench.ts';
import { compared } from './support/compared.ts';
import { shopifyOrderOf, standardOrderOf } from './support/shop.ts';

vi.mock('node:crypto', async (original) => (await import('./support/compared.ts')).watching(await original()));

const olderShopify = 'shpss_older';
const olderStandard = 'whsec_b2xkZXIgb2xkZXIgb2xkZXIgb2xkZXI=';
const body = { shopify: JSON.stringify(shopifyOrderOf(start)), standard: JSON.stringify(standardOrderOf(start)) };
type Source = keyof typeof body;
const sources: readonly Source[] = ['shopify', 'standard'];
const signed = (source: Source, text: string | Uint8Array = body[source], secret?: string): Record<string, string> =>
  source === 'shopify'
    ? shopifyHeaders(text, 'orders/create', secret)
    : standardHeaders(text, secret === undefined ? {} : { secret });
const header = { shopify: 'x-shopify-hmac-sha256', standard: 'webhook-signature' } as const;
const unauthorized = { type: 'about:blank', status: 401, title: 'Unauthorized' };

type Sent = Omit<Parameters<typeof send>[1], 'source'>;
/** A delivery that must not be let in: 401 without a word more, and nothing written. */
const expectRefused = async (source: Source, sent: Sent, secrets?: Parameters<typeof bench>[0]) => {
  const b = bench(secrets);
  const answer = await send(b, { source, ...sent });
  expect(answer).toEqual({ status: 401, type: 'application/problem+json', body: unauthorized });
  expect([b.rows(), b.logged]).toEqual([[], []]);
};
const expectTaken = async (source: Source, sent: Sent, secrets?: Parameters<typeof bench>[0]) => {
  const b = bench(secrets);
  expect((await send(b, { source, ...sent })).body).toEqual({ status: 'accepted' });
  expect(b.only('ORDER')).toHaveLength(1);
};

/** The signature of a source, changed. */
const tampered = (source: Source, change: (mac: string) => string): Record<string, string> => {
  const headers = signed(source);
  const mac = (headers[header[source]] ?? '').replace('v1,', '');
  return { ...headers, [header[source]]: source === 'standard' ? `v1,${change(mac)}` : change(mac) };
};

describe.each(sources)('fault 19: a signature of %s', (source) => {
  it('that is good is taken: what follows can fail', () =>
    expectTaken(source, { body: body[source], headers: signed(source) }));

  it.each<[string, (mac: string) => string]>([
    ['empty', () => ''],
    ['a byte short', (mac) => Buffer.from(mac, 'base64').subarray(1).toString('base64')],
    ['a byte long', (mac) => Buffer.concat([Buffer.from(mac, 'base64'), Buffer.of(0)]).toString('base64')],
    ['cut in the text', (mac) => mac.slice(0, -1)],
    ['without its padding', (mac) => mac.replace('=', '')],
    [
      'in the other case',
      (mac) => mac.replace(/[a-z]/gi, (c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())),
    ],
    ['in hex', (mac) => Buffer.from(mac, 'base64').toString('hex')],
    ['in base64url', (mac) => Buffer.from(mac, 'base64').toString('base64url')],
    ['one bit off', (mac) => `${mac.startsWith('A') ? 'B' : 'A'}${mac.slice(1)}`],
    [
      'of another spelling of the same bytes',
      (mac) => mac.replace(/.=$/, (end) => `${String.fromCharCode(end.charCodeAt(0) + 1)}=`),
    ],
    ['with a blank in it', (mac) => `${mac.slice(0, 9)}\t${mac.slice(9)}`],
    ['ten thousand characters long', (mac) => mac.repeat(230)],
  ])('%s: 401', (_name, change) => expectRefused(source, { body: body[source], headers: tampered(source, change) }));

  it('over the same JSON written another way: 401', async () => {
    const again = JSON.stringify(JSON.parse(body[source]), null, 1);
    for (const text of [again, `${body[source]}\n`, ` ${body[source]}`, body[source].replace('Ada', '\\u0041da')])
      await expectRefused(source, { body: text, headers: signed(source) });
  });

  it('over raw bytes, whether or not the gateway passed them in base64', async () => {
    const accented = Buffer.from(body[source].replace('Ada', 'Zoë'));
    await expectTaken(source, { body: accented, base64: true, headers: signed(source, accented) });
    await expectTaken(source, { body: accented, headers: signed(source, accented) });
    const composedOtherwise = Buffer.from(accented.toString().normalize('NFD'));
    await expectRefused(source, { body: composedOtherwise, base64: true, headers: signed(source, accented) });
  });

  it('over the base64 text in place of its bytes, or the other way round: 401', async () => {
    const asText = Buffer.from(body[source]).toString('base64');
    await expectRefused(source, { body: body[source], base64: true, headers: signed(source, asText) });
    await expectRefused(source, { body: asText, headers: signed(source) });
  });

  it('under the old secret and the new one while both are valid, under the new one alone afterwards', async () => {
    const overlap = { shopify: [shopifySecret, olderShopify], standard: [standardSecret, olderStandard] };
    const afterwards = { shopify: [shopifySecret], standard: [standardSecret] };
    const older = source === 'shopify' ? olderShopify : olderStandard;
    for (const secret of [undefined, older])
      await expectTaken(source, { body: body[source], headers: signed(source, body[source], secret) }, overlap);
    await expectTaken(source, { body: body[source], headers: signed(source) }, afterwards);
    await expectRefused(source, { body: body[source], headers: signed(source, body[source], older) }, afterwards);
    await expectRefused(
      source,
      { body: body[source], headers: signed(source, body[source], '') },
      { [source]: ['', older] },
    );
  });

  it('of the other source, or of another store: 401', async () => {
    const other = source === 'shopify' ? 'standard' : 'shopify';
    await expectRefused(source, { body: body[other], headers: signed(other) });
    await expectRefused(source, { store: 'another', body: body[source], headers: signed(source) });
  });

  it('is compared in constant time, with every secret there is, whichever of them is right', async () => {
    const older = source === 'shopify' ? olderShopify : olderStandard;
    const secrets = { shopify: [shopifySecret, olderShopify], standard: [standardSecret, olderStandard] };
    for (const secret of [undefined, older]) {
      compared.lengths = [];
      await expectTaken(source, { body: body[source], headers: signed(source, body[source], secret) }, secrets);
      expect(compared.lengths).toEqual([
        [32, 32],
        [32, 32],
      ]);
    }
  });
});

describe('fault 19: two signatures', () => {
  const mac = (signed('standard')[header.standard] ?? '').replace('v1,', '');
  const bad = Buffer.alloc(32, 7).toString('base64');
  it.each([`v1,${bad} v1,${mac}`, `v1,${mac} v1,${bad}`, `v1a,${bad} v1,${mac}`])(
    'of which one is ours: taken (%s)',
    (both) =>
      expectTaken('standard', { body: body.standard, headers: { ...signed('standard'), [header.standard]: both } }),
  );

  it.each([
    `v1,${bad} v1,${bad}`,
    `v1,${mac},v1,${mac}`,
    `v1,${mac}v1,${mac}`,
    `v2,${mac}`,
    mac,
    `${`v1,${bad} `.repeat(10)}v1,${mac}`,
  ])('of which none is, or that are no list: 401 (%s)', (both) =>
    expectRefused('standard', { body: body.standard, headers: { ...signed('standard'), [header.standard]: both } }),
  );

  it('in two headers, which a gateway joins by a comma: 401', async () => {
    const one = signed('shopify')[header.shopify] ?? '';
    for (const both of [`${one},${one}`, `${one}, ${bad}`])
      await expectRefused('shopify', { body: body.shopify, headers: { ...signed('shopify'), [header.shopify]: both } });
  });

  it('with the key’s prefix for the key, as an old library signs: 401', async () => {
    const { 'webhook-id': id, 'webhook-timestamp': at } = signed('standard');
    const wrong = createHmac('sha256', standardSecret).update(`${id}.${at}.${body.standard}`).digest('base64');
    await expectRefused('standard', {
      body: body.standard,
      headers: { ...signed('standard'), [header.standard]: `v1,${wrong}` },
    });
  });
});
