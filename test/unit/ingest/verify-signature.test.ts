import { describe, expect, it } from 'vitest';
import { verifySignature } from '../../../functions/ingest/verify-signature.ts';
import { now, shopifyHeaders, shopifySecret, standardHeaders, standardSecret } from './ingest-bench.ts';
import { haveWebhooks, shopifyBody, shopifyDeliveries, standardVectors } from './shared-webhooks.ts';

const delivery = (headers: Readonly<Record<string, string>>, body: string | Uint8Array) => ({
  type: 'delivery' as const,
  store: 'demo',
  source: '',
  headers,
  body: Buffer.from(body),
});
const lowerCase = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const body = '{"id":1,"total":"1.00"}';
const hmac = 'x-shopify-hmac-sha256';
const good = shopifyHeaders(body, 'orders/create');
const signature = good[hmac] ?? '';
const shopify = (
  headers: Readonly<Record<string, string>>,
  secrets = [shopifySecret],
  text: string | Uint8Array = body,
) => verifySignature('shopify', delivery(headers, text), secrets, now);
const standard = (headers: Readonly<Record<string, string>>, secrets = [standardSecret], at = now) =>
  verifySignature('standard', delivery(headers, body), secrets, at);

describe('a Shopify signature', () => {
  it('is good over the very bytes, with and without the X- before its name', () => {
    expect(shopify(good)).toBe(true);
    expect(shopify({ 'shopify-hmac-sha256': signature })).toBe(true);
  });
  it('is bad over the same JSON written another way', () => {
    expect(shopify(good, [shopifySecret], JSON.stringify(JSON.parse(body), null, 1))).toBe(false);
    expect(shopify(good, [shopifySecret], `${body}\n`)).toBe(false);
  });
  it.each([
    ['missing', {}],
    ['empty', { [hmac]: '' }],
    ['short', { [hmac]: signature.slice(0, 20) }],
    ['in upper case', { [hmac]: signature.toUpperCase() }],
    ['in hex', { [hmac]: Buffer.from(signature, 'base64').toString('hex') }],
    ['in base64url', { [hmac]: Buffer.from(signature, 'base64').toString('base64url') }],
    ['followed by more', { [hmac]: `${signature}AAAA` }],
    ['given twice', { [hmac]: `${signature},${signature}` }],
    ['of another secret', shopifyHeaders(body, 'orders/create', 'other')],
    ['of an empty secret', shopifyHeaders(body, 'orders/create', '')],
  ])('is bad when it is %s', (_name, headers) => {
    expect(shopify(headers, [shopifySecret, ''])).toBe(false);
  });
  it('is good under either secret while two are valid, and under none when none is', () => {
    expect(shopify(good, ['newer', shopifySecret])).toBe(true);
    expect(shopify(good, [shopifySecret, 'older'])).toBe(true);
    expect(shopify(good, ['newer'])).toBe(false);
    expect(shopify(good, [])).toBe(false);
  });
  it.skipIf(!haveWebhooks).each(shopifyDeliveries)(
    'is good for the documented delivery $bodyFile',
    ({ bodyFile, headers, secret }) => {
      const bytes = shopifyBody(bodyFile);
      expect(shopify(lowerCase(headers), [secret], bytes)).toBe(true);
      expect(shopify(lowerCase(headers), [`${secret}x`], bytes)).toBe(false);
      expect(shopify(lowerCase(headers), [secret], Buffer.concat([bytes, Buffer.from(' ')]))).toBe(false);
    },
  );
});

describe('a Standard Webhooks signature', () => {
  it.skipIf(!haveWebhooks).each(standardVectors)('agrees with the vector: $name', (vector) => {
    const headers = {
      'webhook-id': vector['webhook-id'],
      'webhook-timestamp': vector['webhook-timestamp'],
      'webhook-signature': vector['webhook-signature'],
    };
    const verdict = verifySignature('standard', delivery(headers, vector.body), [vector.secret], vector.now * 1000);
    expect(verdict).toBe(vector.valid);
  });
  it('is good when any of several signatures is, and under either secret of a rotation', () => {
    const headers = standardHeaders(body);
    const two = { ...headers, 'webhook-signature': `v1a,AAAA v1,${'A'.repeat(43)}= ${headers['webhook-signature']}` };
    expect(standard(two)).toBe(true);
    expect(standard(headers, ['whsec_b3RoZXIgb3RoZXIgb3RoZXI=', standardSecret])).toBe(true);
  });
  it('is judged by the given instant: good for five minutes either way, bad a second later', () => {
    const headers = standardHeaders(body);
    for (const s of [0, 300, -300]) expect(standard(headers, [standardSecret], now + s * 1000)).toBe(true);
    for (const s of [301, -301]) expect(standard(headers, [standardSecret], now + s * 1000)).toBe(false);
  });
  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('is bad without %s', (name) => {
    const { [name]: _gone, ...rest } = standardHeaders(body);
    expect(standard(rest)).toBe(false);
  });
  it('covers id, time and body', () => {
    const headers = standardHeaders(body);
    expect(standard({ ...headers, 'webhook-id': 'msg_2' })).toBe(false);
    expect(standard({ ...headers, 'webhook-timestamp': String(now / 1000 + 1) })).toBe(false);
    expect(verifySignature('standard', delivery(headers, `${body} `), [standardSecret], now)).toBe(false);
  });
  it.each(['', 'v1', 'v2', 'V1'])('is bad under the version "%s"', (version) => {
    const [, mac = ''] = (standardHeaders(body)['webhook-signature'] ?? '').split(',');
    expect(standard({ ...standardHeaders(body), 'webhook-signature': `${version}.${mac}` })).toBe(false);
    if (version !== 'v1')
      expect(standard({ ...standardHeaders(body), 'webhook-signature': `${version},${mac}` })).toBe(false);
  });
  it.each(['NaN', '1e9', '-1', '0x10', ''])('is bad with the timestamp "%s"', (timestamp) => {
    expect(standard({ ...standardHeaders(body), 'webhook-timestamp': timestamp })).toBe(false);
  });
  it('is never good under a secret that decodes to nothing', () => {
    expect(standard(standardHeaders(body, { secret: 'whsec_' }), ['whsec_', ''])).toBe(false);
  });
});
