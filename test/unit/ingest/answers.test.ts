import { describe, expect, it } from 'vitest';
import {
  bench,
  now,
  send,
  sendShopify,
  sendStandard,
  shopifyHeaders,
  shopifySecret,
  standardHeaders,
} from './ingest-bench.ts';
import { standardOrder } from './standard-messages.ts';

const unauthorized = { type: 'about:blank', status: 401, title: 'Unauthorized' };
const shopOrder = (over: object = {}) =>
  JSON.stringify({
    id: 1,
    currency: 'GBP',
    total_price: '10.00',
    financial_status: 'paid',
    created_at: '2026-01-05T09:00:00Z',
    updated_at: '2026-01-05T09:00:00Z',
    ...over,
  });

describe('401, without detail', () => {
  const body = shopOrder();
  it.each([
    ['a bad signature', { body, headers: shopifyHeaders(body, 'orders/create', 'wrong') }],
    ['no signature', { body }],
    ['an unknown store', { body, store: 'nobody', headers: shopifyHeaders(body, 'orders/create') }],
    ['a store no name can be', { body, store: '../prod', headers: shopifyHeaders(body, 'orders/create') }],
    ['an unknown source', { body, source: 'magento', headers: shopifyHeaders(body, 'orders/create') }],
    ['a source not built yet', { body, source: 'woocommerce', headers: shopifyHeaders(body, 'orders/create') }],
    ['a name every object has', { body, source: 'constructor', headers: shopifyHeaders(body, 'orders/create') }],
    [
      'a standard delivery of yesterday',
      { body, source: 'standard', headers: standardHeaders(body, { at: now - 86_400_000 }) },
    ],
  ])('answers %s, and nothing is stored', async (_name, sent) => {
    const b = bench();
    expect(await send(b, sent)).toEqual({ status: 401, type: 'application/problem+json', body: unauthorized });
    expect(b.rows()).toEqual([]);
    expect(b.logged).toEqual([]);
  });
  it('does not ask for the secrets of a store or source that cannot be', async () => {
    const b = bench();
    await send(b, { body, store: 'UPPER', headers: {} });
    await send(b, { body, source: 'stripe', headers: {} });
    expect(b.asked).toEqual([]);
  });
});

describe('a rotated secret', () => {
  const body = shopOrder();
  it('is found by asking once more when a signature fails', async () => {
    const b = bench();
    const deps = {
      ...b.deps,
      secrets: {
        storeSecrets: async (_s: string, _n: number, suspect = false) => ({
          shopify: [suspect ? shopifySecret : 'old'],
        }),
      },
    };
    expect((await send({ deps }, { body, headers: shopifyHeaders(body, 'orders/create') })).status).toBe(202);
  });
  it('is asked for only when a signature fails', async () => {
    const b = bench();
    await sendShopify(b, 'orders/create', body);
    expect(b.asked).toEqual([{ store: 'demo', suspect: false }]);
  });
});

describe('413', () => {
  it('answers more than 1 MB before anything is parsed or asked', async () => {
    const b = bench();
    const body = `"${'x'.repeat(1_048_577)}"`;
    expect(await send(b, { body, headers: shopifyHeaders(body, 'orders/create') })).toMatchObject({
      status: 413,
      body: { title: 'Content Too Large' },
    });
    expect((await send(b, { body, base64: true })).status).toBe(413);
    expect(b.asked).toEqual([]);
  });
  it('counts bytes, not characters', async () => {
    expect((await send(bench(), { body: `"${'é'.repeat(530_000)}"` })).status).toBe(413);
  });
});

describe('202', () => {
  it('accepts an order once, then calls it a duplicate, then stale', async () => {
    const b = bench();
    expect(await sendShopify(b, 'orders/create', shopOrder())).toEqual({
      status: 202,
      type: 'application/json',
      body: { status: 'accepted' },
    });
    expect((await sendShopify(b, 'orders/updated', shopOrder())).body).toEqual({
      status: 'ignored',
      reason: 'duplicate',
    });
    expect((await sendShopify(b, 'orders/updated', shopOrder({ updated_at: '2026-01-05T09:30:00Z' }))).body).toEqual({
      status: 'accepted',
    });
    expect((await sendShopify(b, 'orders/create', shopOrder())).body).toEqual({ status: 'ignored', reason: 'stale' });
    expect(b.only('ORDER')).toHaveLength(1);
  });
  it('reads a body that came in base64 as the bytes it stands for', async () => {
    const b = bench();
    const body = Buffer.from(shopOrder({ tags: 'Noël' }));
    expect((await send(b, { body, base64: true, headers: shopifyHeaders(body, 'orders/create') })).body).toEqual({
      status: 'accepted',
    });
  });
  it('takes header names in any case', async () => {
    const body = shopOrder();
    const headers = Object.fromEntries(
      Object.entries(shopifyHeaders(body, 'orders/create')).map(([k, v]) => [k.toUpperCase(), v]),
    );
    expect((await send(bench(), { body, headers })).body).toEqual({ status: 'accepted' });
  });
  it.each([
    ['an unknown topic', 'products/update', '{"id":7}', 'unknown-topic'],
    ['a body that is no JSON', 'orders/create', '{"id":', 'malformed-json'],
    ['an order without an id', 'orders/create', '{"id":null}', 'unreadable-payload'],
    ['an order of next week', 'orders/create', shopOrder({ updated_at: '2026-01-12T00:00:00Z' }), 'future-updated-at'],
    ['an order of 1970', 'orders/create', shopOrder({ created_at: '1970-01-01T00:00:00Z' }), 'implausible-placed-at'],
    ['an order of 2099', 'orders/create', shopOrder({ created_at: '2099-01-01T00:00:00Z' }), 'implausible-placed-at'],
    [
      'more than 5,000 lines',
      'orders/create',
      shopOrder({ line_items: Array(5_001).fill({ quantity: 1 }) }),
      'too-many-lines',
    ],
    ['an amount that is none', 'orders/create', shopOrder({ total_price: '12,50' }), 'unreadable-amount'],
    [
      'a payment state of tomorrow',
      'orders/create',
      shopOrder({ financial_status: 'bartered' }),
      'unknown-financial-status',
    ],
    ['an order without a date', 'orders/create', shopOrder({ created_at: null }), 'unreadable-time'],
  ])('hands %s to the operator with reason and ids, never with the body', async (_name, topic, body, reason) => {
    const b = bench();
    expect((await sendShopify(b, topic, body, { 'x-shopify-webhook-id': 'd-1' })).body).toEqual({
      status: 'ignored',
      reason,
    });
    const [row, ...others] = b.rows();
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      entity: 'QUARANTINE',
      value: { store: 'demo', source: 'shopify', at: now, reason, topic, deliveryId: 'd-1' },
    });
    expect(Object.keys(row?.value ?? {}).sort()).toEqual([
      'at',
      'deliveryId',
      'ids',
      'reason',
      'source',
      'store',
      'topic',
    ]);
    expect(b.logged).toEqual([
      JSON.stringify({ message: 'webhook.quarantined', store: 'demo', source: 'shopify', reason, topic }),
    ]);
  });
  it('never copies an odd header into the quarantine', async () => {
    const b = bench();
    const body = '{}';
    const odd = { 'x-shopify-topic': 'ada@example.com', 'x-shopify-webhook-id': 'ada@example.com' };
    await send(b, { body, headers: { ...shopifyHeaders(body, ''), ...odd } });
    expect(JSON.stringify(b.rows())).not.toContain('ada@');
    expect(b.logged.join()).not.toContain('ada@');
  });
  it("takes the store's currency for amounts that name none, and asks for the store only then", async () => {
    const b = bench();
    const body = shopOrder({ currency: null });
    expect((await sendShopify(b, 'orders/create', body)).body).toEqual({ status: 'ignored', reason: 'no-currency' });
    await b.stores.put({
      id: 'demo',
      name: 'Demo',
      currency: 'JPY',
      timeZone: 'Asia/Tokyo',
      horizonDays: 90,
      rhythm: 'normal',
      buyersWithoutOptIn: 'never',
      pendingCounts: false,
      exclude: {},
      rewardCodes: {},
      activeCampaigns: [],
      createdAt: now,
    });
    expect((await sendShopify(b, 'orders/create', body)).body).toEqual({ status: 'accepted' });
    expect(b.only('ORDER')[0]?.value).toMatchObject({ order: { currency: 'JPY', totalMinor: 10 } });
  });
  it('stops counting an order the shop deleted, whose webhook names nothing but the id', async () => {
    const b = bench();
    const gone = '{"id":1}';
    expect((await sendShopify(b, 'orders/delete', gone)).body).toEqual({ status: 'ignored', reason: 'unknown-order' });
    await sendShopify(b, 'orders/create', shopOrder());
    expect((await sendShopify(b, 'orders/delete', gone)).body).toEqual({ status: 'accepted' });
    expect(b.only('ORDER')[0]?.value).toMatchObject({
      order: { status: 'cancelled', totalMinor: 1000, updatedAt: now },
    });
    expect((await sendShopify(b, 'orders/delete', gone)).body).toEqual({ status: 'ignored', reason: 'duplicate' });
  });
  it('tells one event on two topics apart, and one event delivered twice not', async () => {
    const b = bench();
    const customer = '{"id":5,"email":"ada@example.com","updated_at":"2026-01-05T09:00:00Z"}';
    const same = { 'x-shopify-event-id': 'e-1' };
    expect((await sendShopify(b, 'customers/create', customer, same)).body).toEqual({ status: 'accepted' });
    expect((await sendShopify(b, 'customers/update', customer, same)).body).toEqual({ status: 'accepted' });
    expect(
      (await sendShopify(b, 'customers/update', customer, { ...same, 'x-shopify-webhook-id': 'd-2' })).body,
    ).toEqual({ status: 'ignored', reason: 'duplicate' });
  });
});

describe('415 and 422, for standard only', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', '', 'application/json; charset=latin1'])(
    'refuses the content type "%s"',
    async (contentType) => {
      const b = bench();
      const body = JSON.stringify(standardOrder());
      const answer = await send(b, { source: 'standard', body, headers: standardHeaders(body, { contentType }) });
      expect(answer).toMatchObject({
        status: 415,
        type: 'application/problem+json',
        body: { type: 'about:blank', status: 415 },
      });
      expect(b.rows()).toEqual([]);
    },
  );
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON;charset="UTF-8"',
    'application/cloudevents+json',
  ])('takes the content type "%s"', async (contentType) => {
    const body = JSON.stringify(standardOrder());
    expect(
      (await send(bench(), { source: 'standard', body, headers: standardHeaders(body, { contentType }) })).status,
    ).toBe(202);
  });
  it('says what is wrong and where, stores nothing and quotes nothing', async () => {
    const b = bench();
    const answer = await sendStandard(b, standardOrder({ total: 'ada@example.com', currency: 'GBP' }));
    expect(answer).toEqual({
      status: 422,
      type: 'application/problem+json',
      body: {
        type: 'about:blank',
        status: 422,
        title: 'Unprocessable Content',
        detail: 'the body does not have the documented form; nothing was stored',
        errors: [{ path: '$.data.total', rule: 'must be a decimal of at least zero in a text, such as "120.50"' }],
      },
    });
    expect(b.rows()).toEqual([]);
  });
  it.each([
    ['no JSON', '{"type":', 'must be JSON'],
    ['two members of one name', '{"type":"event","type":"event"}', 'must not hold two members of one name'],
    ['__proto__', '{"__proto__":{}}', "must not hold the name '__proto__'"],
    ['a number beyond a double', '{"a":1e400}', 'must not hold numbers beyond the range of a double'],
    ['deep nesting', '['.repeat(200), 'must not nest deeper than 100'],
  ])('refuses %s', async (_name, body, rule) => {
    expect(await sendStandard(bench(), body)).toMatchObject({ status: 422, body: { errors: [{ path: '$', rule }] } });
  });
  it('refuses bytes that are no UTF-8', async () => {
    const body = Buffer.from([0x22, 0xff, 0x22]);
    const answer = await send(bench(), { source: 'standard', body, base64: true, headers: standardHeaders(body) });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: '$', rule: 'must be UTF-8' }] } });
  });
  it('quarantines an order of next week instead of refusing it', async () => {
    const b = bench();
    expect((await sendStandard(b, standardOrder({ updatedAt: '2026-01-12T00:00:00Z' }))).body).toEqual({
      status: 'ignored',
      reason: 'future-updated-at',
    });
    expect(b.only('QUARANTINE')[0]?.value).toMatchObject({
      source: 'standard',
      topic: 'order.updated',
      ids: { order: '1001', customer: 'c-1' },
    });
  });
});

describe('an event of standard', () => {
  it('is told apart by webhook-id alone', async () => {
    const b = bench();
    const event = {
      type: 'event',
      data: {
        customer: { id: 'c-1' },
        name: 'checkout.abandoned',
        at: '2026-01-05T09:00:00Z',
        properties: { value: 12, gone: null },
      },
    };
    expect((await sendStandard(b, event, 'msg_1')).body).toEqual({ status: 'accepted' });
    expect((await sendStandard(b, { ...event, more: 1 }, 'msg_1')).body).toEqual({
      status: 'ignored',
      reason: 'duplicate',
    });
    expect((await sendStandard(b, event, 'msg_2')).body).toEqual({ status: 'accepted' });
    expect(b.only('EVENT')[0]?.value).toMatchObject({
      eventId: 'msg_1',
      body: { type: 'behaviour', name: 'checkout.abandoned', properties: { value: 12 } },
    });
  });
});

describe('a failed put', () => {
  it('is thrown on, so that the sender tries again', async () => {
    const b = bench();
    const intake = { ...b.deps.intake, putOrder: () => Promise.reject(new Error('throttled')) };
    await expect(sendShopify({ deps: { ...b.deps, intake } }, 'orders/create', shopOrder())).rejects.toThrow(
      'throttled',
    );
  });
});
