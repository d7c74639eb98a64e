import { describe, expect, it } from 'vitest';
import { shopifyIntake } from '../../../shared/domain/intake/shopify/topics.ts';

const now = Date.UTC(2026, 0, 5, 10);
const read = (topic: string, body: unknown, more: object = {}) =>
  shopifyIntake(body, { store: 'demo', now, topic, eventId: 'e-1', ...more });
const event = (at: number, body: object) => ({
  type: 'event',
  event: { store: 'demo', source: 'shopify', eventId: 'e-1', at, body },
});
const quarantine = (reason: string) => ({ type: 'quarantine', entry: { reason } });
const consentTopic = 'customers_email_marketing_consent/update';

describe('a customer topic', () => {
  const body = {
    id: '706405506930370084',
    email: 'Bob@Biller.com',
    updated_at: '2026-01-05T09:00:00Z',
    default_address: { country_code: 'US', province_code: 'KY' },
  };
  it.each(['create', 'update', 'enable', 'disable'])('customers/%s is the person as they are now', (change) => {
    expect(read(`customers/${change}`, body)).toEqual(
      event(now - 3_600_000, {
        type: 'customer',
        customer: { externalId: '706405506930370084', email: 'bob@biller.com', country: 'US', province: 'KY' },
      }),
    );
  });
  it('is dated by the platform where the body is not, else by receipt', () => {
    const undated = { ...body, updated_at: null };
    expect(read('customers/update', undated, { triggeredAt: now - 7 })).toMatchObject({ event: { at: now - 7 } });
    expect(read('customers/update', undated)).toMatchObject({ event: { at: now } });
  });
  it('of next week goes to the operator', () => {
    expect(read('customers/update', { ...body, updated_at: '2026-01-12T00:00:00Z' })).toMatchObject(
      quarantine('future-updated-at'),
    );
  });
  it('of an erased customer erases', () => {
    const redacted = { ...body, email_marketing_consent: { state: 'redacted' } };
    expect(read('customers/update', redacted)).toEqual(event(now, { type: 'erase', externalId: '706405506930370084' }));
  });
  it.each([null, [], {}, { id: null }, { id: '' }])('of %j is unreadable', (odd) => {
    expect(read('customers/update', odd)).toMatchObject(quarantine('unreadable-payload'));
  });
});

describe('a consent topic', () => {
  const body = (state: string | null, day: string | null = '2026-01-02') => ({
    customer_id: 5,
    email_address: 'Ada@example.com',
    email_marketing_consent: { state, consent_updated_at: day && `${day}T00:00:00Z` },
  });
  it('is a dated statement of the customer', () => {
    const at = Date.UTC(2026, 0, 2);
    const consent = { state: 'granted', at, basis: 'express', source: 'shopify:customer' };
    expect(read(consentTopic, body('subscribed'))).toEqual(
      event(at, { type: 'customer', customer: { externalId: '5', email: 'ada@example.com', consent } }),
    );
    expect(read('customers/email_marketing_consent_update', body('unsubscribed'))).toMatchObject({
      event: { body: { customer: { consent: { state: 'withdrawn', at } } } },
    });
  });
  it('may name the customer by id alone', () => {
    expect(read(consentTopic, { ...body('subscribed'), email_address: null })).toMatchObject({
      event: { body: { customer: { externalId: '5' } } },
    });
  });
  it('that withdraws without a date counts from when it happened', () => {
    expect(read(consentTopic, body('unsubscribed', null))).toMatchObject({
      event: { at: now, body: { customer: { consent: { state: 'withdrawn', at: now } } } },
    });
  });
  it.each([null, 'pending', 'not_subscribed'])('in the state %s says nothing', (state) => {
    expect(read(consentTopic, body(state))).toEqual({ type: 'nothing', reason: 'no-consent-statement' });
  });
  it('of nobody goes to the operator', () => {
    expect(read(consentTopic, { ...body('subscribed'), customer_id: null, email_address: 'jürgen@x' })).toMatchObject(
      quarantine('no-identity'),
    );
    expect(read(consentTopic, 'x')).toMatchObject(quarantine('unreadable-payload'));
  });
  it('of an erased customer erases', () => {
    expect(read(consentTopic, body('redacted'))).toEqual(event(now, { type: 'erase', externalId: '5' }));
  });
});

describe('customers/merge', () => {
  const gid = (id: string) => `gid://shopify/Customer/${id}`;
  const body = (status: string, kept = gid('9007199254740993')) => ({
    admin_graphql_api_customer_kept_id: kept,
    admin_graphql_api_customer_deleted_id: gid('2'),
    status,
  });
  it('joins two customers once the merge was carried out', () => {
    expect(read('customers/merge', body('completed'), { triggeredAt: now - 1 })).toEqual(
      event(now - 1, { type: 'merge', keepExternalId: '9007199254740993', loseExternalId: '2' }),
    );
  });
  it.each(['failed', 'in_progress', 'requested'])('does nothing while %s', (status) => {
    expect(read('customers/merge', body(status))).toEqual({ type: 'nothing', reason: 'merge-not-completed' });
  });
  it.each([{}, body('completed', 'gid://shopify/Order/1'), body('completed', '1')])('of %j is unreadable', (odd) => {
    expect(read('customers/merge', odd)).toMatchObject(quarantine('unreadable-payload'));
  });
});

describe('erasure', () => {
  it('is dated by receipt, so that it is never older than what it erases', () => {
    expect(read('customers/delete', { id: 5 }, { triggeredAt: now - 99 })).toEqual(
      event(now, { type: 'erase', externalId: '5' }),
    );
    expect(read('customers/redact', { customer: { id: null, email: 'Guest@Example.com' } })).toEqual(
      event(now, { type: 'erase', email: 'guest@example.com' }),
    );
  });
  it.each(['customers/delete', 'customers/redact'])('by %s of nobody goes to the operator', (topic) => {
    expect(read(topic, {})).toMatchObject(quarantine('no-identity'));
    expect(read(topic, 5)).toMatchObject(quarantine('unreadable-payload'));
  });
});

describe('a checkout', () => {
  const body = {
    id: 9,
    email: 'Ada@example.com',
    total_price: '398.00',
    currency: 'USD',
    created_at: '2026-01-05T09:00:00Z',
    line_items: [{}, {}],
    customer_locale: 'en',
  };
  it('of somebody known is told once, however often it changes', () => {
    const created = read('checkouts/create', body);
    expect(created).toMatchObject({
      event: {
        at: now - 3_600_000,
        body: {
          type: 'behaviour',
          name: 'checkout.started',
          customer: { email: 'ada@example.com', locale: 'en' },
          properties: { total: '398.00', currency: 'USD', lines: 2 },
        },
      },
    });
    expect(read('checkouts/update', body, { eventId: 'e-2' })).toEqual(created);
    expect(read('checkouts/create', { ...body, id: 10 })).not.toEqual(created);
  });
  it('tells what is there', () => {
    expect(read('checkouts/create', { id: 9, email: 'ada@example.com' }, { triggeredAt: now - 3 })).toMatchObject({
      event: { at: now - 3, body: { properties: {} } },
    });
  });
  it('that became an order, or that nobody is known of, tells nothing', () => {
    expect(read('checkouts/update', { ...body, completed_at: '2026-01-05T09:30:00Z' })).toEqual({
      type: 'nothing',
      reason: 'checkout-completed',
    });
    expect(read('checkouts/update', { ...body, email: null })).toEqual({ type: 'nothing', reason: 'no-identity' });
    expect(read('checkouts/update', {})).toMatchObject(quarantine('unreadable-payload'));
  });
});

describe('a refund', () => {
  const body = {
    id: 1,
    order_id: '820982911946154508',
    transactions: [{ kind: 'refund', status: 'success', amount: '5.00', currency: 'GBP' }],
  };
  it('is dated by its own times, then the delivery, then receipt', () => {
    const line = [{ subtotal_set: { shop_money: { amount: '5.00', currency_code: 'GBP' } } }];
    const at = (over: object, more: object = {}) =>
      read('refunds/create', { ...body, refund_line_items: line, ...over }, more);
    expect(at({ processed_at: '2026-01-02T00:00:00Z', created_at: '2026-01-01T00:00:00Z' })).toMatchObject({
      refund: { at: Date.UTC(2026, 0, 2), amountMinor: 500 },
    });
    expect(at({ created_at: '2026-01-01T00:00:00Z' })).toMatchObject({ refund: { at: Date.UTC(2026, 0, 1) } });
    expect(at({}, { triggeredAt: now - 4 })).toMatchObject({ refund: { at: now - 4 } });
    expect(at({})).toMatchObject({ refund: { at: now } });
  });
  it("takes the store's currency where its lines name none", () => {
    expect(read('refunds/create', body)).toMatchObject({
      entry: { reason: 'no-currency', ids: { refund: '1', order: '820982911946154508' } },
    });
    expect(read('refunds/create', body, { storeCurrency: 'GBP' })).toMatchObject({ refund: { amountMinor: 500 } });
  });
  it('of less than nothing, or of no order, goes to the operator', () => {
    const negative = { ...body, transactions: [{ kind: 'refund', status: 'success', amount: '-5.00' }] };
    expect(read('refunds/create', negative, { storeCurrency: 'GBP' })).toMatchObject(quarantine('unreadable-amount'));
    expect(read('refunds/create', { ...body, order_id: null })).toMatchObject(quarantine('unreadable-payload'));
  });
  it('that moved money nobody can read goes to the operator: it is not nothing', () => {
    const odd = { ...body, transactions: [{ kind: 'refund', status: 'success', amount: null }] };
    expect(read('refunds/create', odd, { storeCurrency: 'GBP' })).toMatchObject({
      type: 'quarantine',
      entry: { reason: 'unreadable-amount', ids: { refund: '1' } },
    });
  });
});

describe('a topic', () => {
  it.each(['orders/edited', 'order_transactions/create'])('%s is covered by others', (topic) => {
    expect(read(topic, {})).toEqual({ type: 'nothing', reason: 'covered-by-order-topics' });
  });
  it.each(['carts/create', 'carts/update'])('%s names nobody', (topic) => {
    expect(read(topic, {})).toEqual({ type: 'nothing', reason: 'no-identity' });
  });
  it.each(['', 'constructor', 'products/update', 'ORDERS/CREATE'])(
    '"%s" is unknown and goes to the operator',
    (topic) => {
      expect(read(topic, { id: 3 })).toMatchObject({
        type: 'quarantine',
        entry: { reason: 'unknown-topic', topic, ids: { id: '3' } },
      });
      expect(read(topic, null)).toMatchObject({ entry: { ids: {} } });
    },
  );
  it('orders/delete names the order, from when it happened', () => {
    const key = { store: 'demo', source: 'shopify', orderId: '788032119674292922' };
    expect(read('orders/delete', { id: '788032119674292922' }, { triggeredAt: now - 2 })).toEqual({
      type: 'order-deleted',
      key,
      at: now - 2,
    });
    expect(read('orders/delete', { id: '788032119674292922' })).toEqual({ type: 'order-deleted', key, at: now });
    expect(read('orders/delete', {})).toMatchObject(quarantine('unreadable-payload'));
    expect(read('orders/delete', 1)).toMatchObject(quarantine('unreadable-payload'));
  });
});
