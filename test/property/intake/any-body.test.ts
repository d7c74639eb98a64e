import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { bench, now, send, shopifyHeaders, standardHeaders } from '../../unit/ingest/ingest-bench.ts';
import { standardOrder } from '../../unit/ingest/standard-messages.ts';

const topics = fc.constantFrom(
  'orders/create',
  'orders/cancelled',
  'orders/delete',
  'orders/edited',
  'refunds/create',
  'customers/update',
  'customers/delete',
  'customers/merge',
  'customers_email_marketing_consent/update',
  'checkouts/update',
  'customers/redact',
  'customers/data_request',
  'shop/redact',
  'none/such',
);

/** A body of the right form with one value somewhere replaced by anything. */
const spoilt = (whole: object): fc.Arbitrary<object> => {
  const paths: (readonly string[])[] = [];
  const walk = (value: unknown, path: readonly string[]): void => {
    if (path.length > 0) paths.push(path);
    if (typeof value === 'object' && value !== null)
      for (const [key, part] of Object.entries(value)) walk(part, [...path, key]);
  };
  walk(whole, []);
  const put = (value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown => {
    if (key === undefined) return by;
    const copy = structuredClone(value);
    if (typeof copy === 'object' && copy !== null) Reflect.set(copy, key, put(Reflect.get(copy, key), rest, by));
    return copy;
  };
  return fc.tuple(fc.constantFrom(...paths), fc.jsonValue()).map(([path, by]) => Object(put(whole, path, by)));
};

const shopOrder = {
  id: '9007199254740993',
  email: 'ada@example.com',
  currency: 'GBP',
  total_price: '100.00',
  total_tax: '1.00',
  financial_status: 'paid',
  cancelled_at: null,
  total_price_set: { shop_money: { amount: '100.00', currency_code: 'GBP' } },
  processed_at: '2026-01-05T09:00:00Z',
  updated_at: '2026-01-05T09:00:00Z',
  source_name: 'web',
  tags: 'a, b',
  customer: {
    id: 7,
    email: 'ada@example.com',
    first_name: 'Ada',
    email_marketing_consent: { state: 'subscribed', consent_updated_at: '2026-01-01T00:00:00Z' },
  },
  shipping_address: { first_name: 'A', country_code: 'GB' },
  line_items: [{ sku: 'A', quantity: 1, price: '100.00' }],
  discount_codes: [{ code: 'X', amount: '1.00' }],
  refunds: [{ id: 1, transactions: [{ kind: 'refund', status: 'success', amount: '1.00', currency: 'GBP' }] }],
  fulfillments: [{ status: 'success', shipment_status: 'delivered', updated_at: '2026-01-05T09:00:00Z' }],
  shipping_lines: [{ price: '1.00', tax_lines: [{ price: '0.10' }] }],
  taxes_included: true,
  client_details: { accept_language: 'en' },
};

const faults = z.array(z.strictObject({ path: z.string().regex(/^\$/), rule: z.string().regex(/^must /) }));

const garbage = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.oneof(fc.json(), fc.string()).map((text) => Buffer.from(text)),
);

const deliver = async (source: 'shopify' | 'standard', body: Uint8Array, topic = '') => {
  const b = bench();
  const headers = source === 'shopify' ? shopifyHeaders(body, topic) : standardHeaders(body);
  return { b, answer: await send(b, { source, body, headers, base64: true }, now) };
};

describe('whatever is signed and sent', () => {
  it('Shopify is answered 202, and garbage leaves nothing but a note to the operator', async () => {
    await fc.assert(
      fc.asyncProperty(garbage, topics, async (body, topic) => {
        const { b, answer } = await deliver('shopify', body, topic);
        expect(answer).toMatchObject({ status: 202, body: { status: 'ignored' } });
        expect(b.rows().every(({ entity }) => entity === 'QUARANTINE')).toBe(true);
      }),
    );
  });
  it('standard is answered 422 for garbage, and nothing is stored', async () => {
    await fc.assert(
      fc.asyncProperty(garbage, async (body) => {
        const { b, answer } = await deliver('standard', body);
        expect(answer).toMatchObject({ status: 422, type: 'application/problem+json' });
        expect(b.rows()).toEqual([]);
      }),
    );
  });
  it('an order of Shopify with one odd value is stored or handed to the operator, never a fault', async () => {
    await fc.assert(
      fc.asyncProperty(spoilt(shopOrder), async (order) => {
        const { b, answer } = await deliver('shopify', Buffer.from(JSON.stringify(order)), 'orders/create');
        expect(answer.status).toBe(202);
        expect(b.rows()).toHaveLength(1);
        for (const row of b.only('ORDER'))
          expect(row.value).toMatchObject({ order: { totalMinor: expect.any(Number), orderId: expect.any(String) } });
      }),
      { numRuns: 300 },
    );
  });
  it('an order of standard with one odd value is stored, or refused with a place and a rule and nothing stored', async () => {
    await fc.assert(
      fc.asyncProperty(spoilt(standardOrder()), async (message) => {
        const { b, answer } = await deliver('standard', Buffer.from(JSON.stringify(message)));
        expect([202, 422]).toContain(answer.status);
        expect(b.rows()).toHaveLength(answer.status === 202 ? 1 : 0);
        if (answer.status === 422) expect(faults.parse(answer.body['errors']).length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});
