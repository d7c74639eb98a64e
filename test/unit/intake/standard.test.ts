import { describe, expect, it } from 'vitest';
import { standardIntake } from '../../../shared/domain/intake/standard/standard.ts';
import { standardOrder } from '../ingest/standard-messages.ts';

const now = Date.UTC(2026, 0, 5, 10);
const read = (body: unknown, more: object = {}) =>
  standardIntake(body, { store: 'demo', now, topic: '', eventId: 'msg_1', ...more });
const faults = (body: unknown) => {
  const reading = read(body);
  return reading.type === 'faulty' ? reading.faults.map(({ path, rule }) => `${path} ${rule}`) : [];
};
const orderOf = (data: Readonly<Record<string, unknown>>, type?: string) => {
  const reading = read(standardOrder(data, type));
  if (reading.type !== 'read' || reading.intake.type !== 'order')
    throw new Error(`not an order: ${JSON.stringify(reading)}`);
  return reading.intake.order;
};

describe('an order', () => {
  it('is normalised', () => {
    expect(orderOf({})).toEqual({
      store: 'demo',
      source: 'standard',
      orderId: '1001',
      status: 'paid',
      kind: 'one_time',
      channel: 'online',
      currency: 'GBP',
      totalMinor: 12050,
      refundedMinor: 0,
      taxMinor: 2008,
      shippingMinor: 0,
      test: false,
      placedAt: Date.UTC(2026, 0, 5, 9, 59),
      updatedAt: now,
      discounts: [{ code: 'WB-7Q2M', amountMinor: 1200 }],
      customer: {
        externalId: 'c-1',
        email: 'ada@example.com',
        firstName: 'Ada',
        lastName: 'L',
        locale: 'en-GB',
        country: 'GB',
        timeZone: 'Europe/London',
        consent: { state: 'granted', at: Date.UTC(2026, 0, 1), basis: 'express', source: 'standard:checkout' },
      },
      lines: [{ sku: 'MUG-1', name: 'Mug', category: 'kitchen', quantity: 2, priceMinor: 6025 }],
      linesDropped: 0,
    });
  });
  it('needs id, status, currency, total, placedAt and updatedAt, and nothing else', () => {
    const least = {
      id: '1',
      status: 'pending',
      currency: 'JPY',
      total: '1200',
      placedAt: '2026-01-05T09:00:00+09:00',
      updatedAt: '2026-01-05T09:00:00+09:00',
    };
    expect(read({ type: 'order.created', data: least })).toEqual({
      type: 'read',
      intake: {
        type: 'order',
        order: {
          store: 'demo',
          source: 'standard',
          orderId: '1',
          status: 'pending',
          kind: 'one_time',
          channel: 'online',
          currency: 'JPY',
          totalMinor: 1200,
          refundedMinor: 0,
          test: false,
          placedAt: Date.UTC(2026, 0, 5),
          updatedAt: Date.UTC(2026, 0, 5),
          discounts: [],
          lines: [],
          linesDropped: 0,
        },
      },
    });
    for (const name of Object.keys(least)) {
      const { [name]: _gone, ...rest }: Record<string, string> = least;
      expect(faults({ type: 'order.created', data: rest })).toEqual([`$.data.${name} must be given`]);
    }
  });
  it('keeps every digit of an id', () => {
    expect(orderOf({ id: '820982911946154508' }).orderId).toBe('820982911946154508');
    expect(orderOf({ id: 1001 }).orderId).toBe('1001');
  });
  it('is what its data say, whatever its type says', () => {
    for (const type of ['order.created', 'order.updated', 'order.refunded'])
      expect(orderOf({ status: 'refunded' }, type).status).toBe('refunded');
  });
  it('is cancelled when its type says so, whatever its data say', () =>
    expect(orderOf({ status: 'paid' }, 'order.cancelled').status).toBe('cancelled'));
  it('has an id that can be printed', () => {
    expect(faults(standardOrder({ id: '\u0007' }))).toEqual([
      '$.data.id must be an id of 1 to 128 printable characters',
    ]);
  });
  it('may have no customer', () => expect(orderOf({ customer: null })).not.toHaveProperty('customer'));
  it('may have a customer with an address nobody can mail', () => {
    expect(orderOf({ customer: { id: 'c-1', email: 'jürgen@example.com' } }).customer).toEqual({ externalId: 'c-1' });
    expect(orderOf({ customer: { email: 'nonsense' } })).not.toHaveProperty('customer');
  });
  it('drops a country, locale, zone and link that are none', () => {
    const customer = { id: 'c-1', country: 'Wonderland', locale: '!', timeZone: 'Mars/Olympus', province: 'long name' };
    expect(orderOf({ customer }).customer).toEqual({ externalId: 'c-1' });
    expect(
      orderOf({
        lines: [{ sku: 'A', price: '1.00', url: 'javascript:alert(1)', imageUrl: 'https://shop.example/a.png' }],
      }).lines,
    ).toEqual([{ sku: 'A', quantity: 1, priceMinor: 100, imageUrl: 'https://shop.example/a.png' }]);
  });
  it('is never refunded beyond its total', () => expect(orderOf({ refunded: '999.00' }).refundedMinor).toBe(12050));
  it('gives a line without SKU a name to be found by', () => {
    expect(orderOf({ lines: [{ name: 'Mug' }, {}] }).lines.map(({ sku }) => sku)).toEqual(['Mug', 'line-2']);
  });
  it('keeps tags, discount codes and delivery', () => {
    const order = orderOf({
      customer: { id: 'c-1', tags: ['vip', ' '] },
      discounts: [{ code: 'A' }, { code: ' ' }],
      deliveredAt: '2026-01-05T10:00:00Z',
      test: true,
    });
    expect(order).toMatchObject({
      customer: { tags: ['vip'] },
      discounts: [{ code: 'A', amountMinor: 0 }],
      deliveredAt: now,
      test: true,
    });
  });
  it.each([
    ['1970-01-01T00:00:00Z', 'implausible-placed-at'],
    ['2099-01-01T00:00:00Z', 'implausible-placed-at'],
  ])('placed at %s goes to the operator', (placedAt, reason) => {
    expect(read(standardOrder({ placedAt }))).toMatchObject({
      intake: { type: 'quarantine', entry: { reason, ids: { order: '1001', customer: 'c-1' } } },
    });
  });
});

describe('consent', () => {
  const consentOf = (consent: unknown) => orderOf({ customer: { id: 'c-1', consent } }).customer?.consent;
  it('is a statement when granted or withdrawn, and dated', () => {
    expect(consentOf({ email: 'withdrawn', at: '2026-01-01T00:00:00Z' })).toEqual({
      state: 'withdrawn',
      at: Date.UTC(2026, 0, 1),
      basis: 'express',
      source: 'standard:unstated',
    });
    expect(consentOf({ email: 'granted' })).toBeUndefined();
    expect(consentOf({ email: 'pending', at: '2026-01-01T00:00:00Z' })).toBeUndefined();
    expect(consentOf({ email: 'none', at: '2026-01-01T00:00:00Z' })).toBeUndefined();
  });
  it('of the future is refused: it would beat every later opt-out', () => {
    const consent = { email: 'granted', at: '2026-02-01T00:00:00Z' };
    const rule = 'must not be more than 24 hours ahead';
    expect(faults(standardOrder({ customer: { id: 'c-1', consent } }))).toEqual([`$.data.customer.consent.at ${rule}`]);
    expect(faults({ type: 'customer.updated', data: { id: 'c-1', consent } })).toEqual([`$.data.consent.at ${rule}`]);
    expect(faults({ type: 'event', data: { customer: { id: 'c-1', consent }, name: 'x' } })).toEqual([
      `$.data.customer.consent.at ${rule}`,
    ]);
  });
});

describe('customer and event messages', () => {
  const event = (at: number, body: object) => ({
    type: 'read',
    intake: { type: 'event', event: { store: 'demo', source: 'standard', eventId: 'msg_1', at, body } },
  });
  it('customer.updated is the person as they are at the timestamp', () => {
    const message = {
      type: 'customer.updated',
      timestamp: '2026-01-05T09:00:00Z',
      data: { id: 5, email: ' Ada@Example.com ' },
    };
    expect(read(message)).toEqual(
      event(now - 3_600_000, { type: 'customer', customer: { externalId: '5', email: 'ada@example.com' } }),
    );
    expect(read({ ...message, timestamp: null }, { triggeredAt: now - 1 })).toMatchObject({
      intake: { event: { at: now - 1 } },
    });
    expect(read({ ...message, timestamp: null })).toMatchObject({ intake: { event: { at: now } } });
  });
  it('customer.deleted erases, dated by receipt', () => {
    expect(read({ type: 'customer.deleted', timestamp: '2020-01-01T00:00:00Z', data: { id: 'c-1' } })).toEqual(
      event(now, { type: 'erase', externalId: 'c-1' }),
    );
    expect(faults({ type: 'customer.deleted', data: { id: '\u0007' } })).toEqual([
      '$.data.id must be an id of 1 to 128 printable characters',
    ]);
  });
  it('event is what somebody did, with plain properties', () => {
    const data = {
      customer: { email: 'ada@example.com' },
      name: 'checkout.abandoned',
      at: '2026-01-05T09:00:00Z',
      properties: { total: 12.5, url: 'x', gift: false, no: null },
    };
    expect(read({ type: 'event', data })).toEqual(
      event(now - 3_600_000, {
        type: 'behaviour',
        customer: { email: 'ada@example.com' },
        name: 'checkout.abandoned',
        properties: { total: 12.5, url: 'x', gift: false },
      }),
    );
    expect(read({ type: 'event', data: { customer: { id: 1 }, name: 'x' } })).toMatchObject({
      intake: { event: { at: now, body: { properties: {} } } },
    });
  });
  it('of nobody are refused', () => {
    const rule = "must have an 'id' or an 'email' that can be mailed";
    expect(faults({ type: 'customer.updated', data: { email: 'x' } })).toEqual([`$.data ${rule}`]);
    expect(faults({ type: 'event', data: { customer: {}, name: 'x' } })).toEqual([`$.data.customer ${rule}`]);
  });
  it('of next week go to the operator', () => {
    const message = { type: 'customer.updated', timestamp: '2026-01-12T00:00:00Z', data: { id: 5 } };
    expect(read(message)).toMatchObject({
      intake: { type: 'quarantine', entry: { reason: 'future-updated-at', topic: 'customer.updated' } },
    });
  });
});

describe('faults', () => {
  it.each([
    [null, ['$ must be an object']],
    [[], ['$ must be an object']],
    [{}, ['$.type must be a known type']],
    [{ type: 'order.eaten' }, ['$.type must be a known type']],
    [{ type: 'order.created' }, ['$.data must be an object']],
    [
      { type: 'event', data: { customer: { id: 1 }, name: 'two words' } },
      ['$.data.name must be 1 to 100 letters, digits, dots, hyphens or underscores'],
    ],
    [
      { type: 'event', data: { customer: { id: 1 }, name: 'x', properties: { 'ada@example.com': {}, list: [] } } },
      ['$.data.properties[?] must have the documented form', '$.data.properties.list must have the documented form'],
    ],
    [
      {
        type: 'event',
        data: {
          customer: { id: 1 },
          name: 'x',
          properties: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`p${i}`, 1])),
        },
      },
      ['$.data.properties must be at most 50 entries long'],
    ],
    [{ type: 'customer.updated', data: { id: 'x'.repeat(129) } }, ['$.data.id must be at most 128 characters long']],
    [
      { type: 'customer.updated', data: { id: {} } },
      ['$.data.id must be a text of 1 to 128 characters, or an integer'],
    ],

    [
      { type: 'customer.updated', data: { email: 'x'.repeat(321) } },
      ['$.data.email must be at most 320 characters long'],
    ],
    [{ type: 'customer.updated', data: { id: 1, tags: 'a' } }, ['$.data.tags must be a list']],
  ])('of %j', (body, expected) => expect(faults(body)).toEqual(expected));

  it('of an order are all listed, with their places', () => {
    const data = {
      total: 120.5,
      currency: 'gbp',
      placedAt: '2026-01-05',
      updatedAt: 'soon',
      kind: 'odd',
      test: 'no',
      lines: [{ quantity: -1 }, { quantity: 1.5 }, { quantity: 2_000_000 }, { price: '-1.00' }, 7],
    };
    expect(faults(standardOrder(data))).toEqual([
      '$.data.kind must be one of one_time, subscription_first, subscription_renewal, replacement, exchange, gift_card, sample',
      '$.data.currency must be an ISO 4217 code such as GBP',
      '$.data.total must be a decimal in a text, such as "120.50"',
      '$.data.test must be true or false',
      '$.data.placedAt must be an RFC 3339 instant with its offset, such as 2026-01-05T10:00:00Z',
      '$.data.updatedAt must be an RFC 3339 instant with its offset, such as 2026-01-05T10:00:00Z',
      '$.data.lines[0].quantity must be at least 0',
      '$.data.lines[1].quantity must be an integer',
      '$.data.lines[2].quantity must be at most 1000000',
      '$.data.lines[3].price must be a decimal of at least zero in a text, such as "120.50"',
      '$.data.lines[4] must be an object',
    ]);
  });
  it('name amounts with more digits than the currency has', () => {
    const rule = 'must be an amount with at most 0 digits after the point in JPY';
    const data = {
      currency: 'JPY',
      total: '1200.00',
      tax: '0.5',
      discounts: [{ code: 'A', amount: '0.1' }],
      lines: [{ price: '600.01' }],
    };
    expect(faults(standardOrder({ ...data, subtotal: null, shipping: null, refunded: null }))).toEqual(
      ['tax', 'discounts[0].amount', 'lines[0].price'].map((path) => `$.data.${path} ${rule}`),
    );
  });
  it('stop at twenty, and at more than 5,000 lines', () => {
    expect(faults(standardOrder({ lines: Array(99).fill({ price: 'x' }) }))).toHaveLength(20);
    expect(faults(standardOrder({ lines: Array(99).fill({ price: '1.005' }) }))).toHaveLength(20);
    expect(faults(standardOrder({ lines: Array(5_001).fill({}) }))).toEqual([
      '$.data.lines must be at most 5000 entries long',
    ]);
  });
});
