import { describe, expect, it } from 'vitest';
import { shopifyIntake } from '../../../shared/domain/intake/shopify/topics.ts';
import type { Order } from '../../../shared/domain/orders/order.ts';

const now = Date.UTC(2026, 0, 5, 10);
const placedAt = Date.UTC(2026, 0, 5, 9);
const context = { store: 'demo', now, topic: 'orders/updated', eventId: 'e-1' };
const money = (amount: string, currency_code = 'GBP') => ({ shop_money: { amount, currency_code } });

const payload = (over: object = {}) => ({
  id: '820982911946154508',
  email: 'ada@example.com',
  currency: 'GBP',
  total_price: '100.00',
  total_tax: '16.67',
  financial_status: 'paid',
  created_at: '2026-01-05T09:00:00Z',
  updated_at: '2026-01-05T09:00:00Z',
  ...over,
});

const read = (over: object = {}, more: object = {}): Order => {
  const intake = shopifyIntake(payload(over), { ...context, ...more });
  if (intake.type !== 'order') throw new Error(`not an order: ${JSON.stringify(intake)}`);
  return intake.order;
};

describe('the status of an order', () => {
  it.each(['pending', 'authorized', 'partially_paid', 'paid', 'partially_refunded', 'refunded', 'voided', 'expired'])(
    'is its payment state: %s',
    (state) => {
      expect(read({ financial_status: state }).status).toBe(state);
    },
  );
  it('is pending while there is no payment state', () =>
    expect(read({ financial_status: null }).status).toBe('pending'));
  it('is cancelled once it was, whatever was paid', () => {
    expect(read({ cancelled_at: '2026-01-05T09:30:00Z' }).status).toBe('cancelled');
  });
});

describe('the kind of an order', () => {
  it.each([
    [{}, 'one_time'],
    [{ source_name: 'subscription_contract' }, 'subscription_renewal'],
    [{ source_name: 'subscription_contract_checkout_one' }, 'subscription_renewal'],
    [{ tags: 'vip, Subscription Recurring Order' }, 'subscription_renewal'],
    [{ tags: 'Subscription First Order' }, 'subscription_first'],
    [{ tags: 'Exchange' }, 'exchange'],
    [{ tags: 'replacement' }, 'replacement'],
    [{ tags: 'exchangeable' }, 'one_time'],
    [{ line_items: [{ quantity: 1, gift_card: true }] }, 'gift_card'],
    [{ line_items: [{ quantity: 1, gift_card: true }, { quantity: 1 }] }, 'one_time'],
  ])('of %j is %s', (over, kind) => expect(read(over).kind).toBe(kind));
});

describe('the channel of an order', () => {
  it.each([
    [{}, 'online'],
    [{ source_name: 'web' }, 'online'],
    [{ source_name: '755357713' }, 'online'],
    [{ source_name: 'pos' }, 'pos'],
    [{ source_name: 'iphone' }, 'pos'],
    [{ source_name: 'shopify_draft_order' }, 'draft'],
    [{ source_name: 'Amazon' }, 'marketplace'],
    [{ source_name: 'web', company: { id: 1, location_id: 2 } }, 'b2b'],
  ])('of %j is %s', (over, channel) => expect(read(over).channel).toBe(channel));
});

describe('the money of an order', () => {
  it('is in the currency of the shop, not of the buyer', () => {
    const order = read({
      currency: 'GBP',
      total_price: '100.00',
      total_price_set: {
        shop_money: { amount: '100.00', currency_code: 'GBP' },
        presentment_money: { amount: '18900', currency_code: 'JPY' },
      },
      total_tax_set: money('16.67'),
      total_shipping_price_set: money('4.50'),
    });
    expect(order).toMatchObject({ currency: 'GBP', totalMinor: 10000, taxMinor: 1667, shippingMinor: 450 });
  });
  it('follows the digits of the currency', () => {
    expect(read({ currency: 'JPY', total_price: '1200' }).totalMinor).toBe(1200);
    expect(read({ currency: 'KWD', total_price: '1.250' }).totalMinor).toBe(1250);
  });
  it('counts shipping as paid: discounted, and without its tax where prices include tax', () => {
    const line = { price: '6.00', discounted_price: '3.00', tax_lines: [{ price: '0.50' }] };
    expect(read({ shipping_lines: [line], total_shipping_price_set: money('6.00') }).shippingMinor).toBe(300);
    expect(read({ shipping_lines: [line], taxes_included: true }).shippingMinor).toBe(250);
    expect(read({ shipping_lines: [{ price: '6.00' }] }).shippingMinor).toBe(600);
  });
  it('leaves out what is not given and never takes a negative tax', () => {
    expect(read({ total_tax: null })).not.toHaveProperty('taxMinor');
    expect(read()).not.toHaveProperty('shippingMinor');
    expect(read({ total_tax: '-1.00' }).taxMinor).toBe(0);
  });
  it('is refused when negative', () => {
    expect(shopifyIntake(payload({ total_price: '-1.00' }), context)).toMatchObject({
      entry: { reason: 'unreadable-amount' },
    });
  });
  it("takes an amount without a currency in the store's", () => {
    expect(shopifyIntake(payload({ currency: null }), context)).toMatchObject({ entry: { reason: 'no-currency' } });
    expect(read({ currency: null, total_price: '5' }, { storeCurrency: 'EUR' })).toMatchObject({
      currency: 'EUR',
      totalMinor: 500,
    });
  });
});

describe('what an order gave back', () => {
  const refund = (transactions: readonly object[], more: object = {}) => ({
    refunds: [{ id: 1, transactions, ...more }],
  });
  const paid = (amount: string, over: object = {}) => ({
    kind: 'refund',
    status: 'success',
    amount,
    currency: 'GBP',
    ...over,
  });
  const goods = {
    refund_line_items: [{ subtotal: 20, subtotal_set: money('20.00'), total_tax: 4.5, total_tax_set: null }],
  };

  it('is the money that moved', () => {
    expect(read(refund([paid('12.34'), paid('1.00')], goods)).refundedMinor).toBe(1334);
    expect(
      read(refund([paid('12.34'), paid('9.00', { status: 'failure' }), paid('9.00', { kind: 'sale' })], goods))
        .refundedMinor,
    ).toBe(1234);
  });
  it('is the worth of the goods when the money moved in the currency of the buyer, or not at all', () => {
    expect(read(refund([paid('2000', { currency: 'JPY' })], goods)).refundedMinor).toBe(2450);
    expect(read(refund([], goods)).refundedMinor).toBe(2450);
  });
  it('includes shipping given back with the goods', () => {
    const order_adjustments = [
      { kind: 'shipping_refund', amount: '-5.00', tax_amount: '-1.00' },
      { kind: 'refund_discrepancy', amount: '-3.00' },
    ];
    expect(read(refund([], { ...goods, order_adjustments })).refundedMinor).toBe(3050);
  });
  it('is never more than the total', () => expect(read(refund([paid('999.00')])).refundedMinor).toBe(10000));
});

describe('the times of an order', () => {
  it('are those of the payload; imports carry the true date in processed_at', () => {
    expect(read({ processed_at: '2019-03-01T00:00:00Z' })).toMatchObject({
      placedAt: Date.UTC(2019, 2, 1),
      updatedAt: placedAt,
    });
  });
  it('fall back to when the platform says it happened', () => {
    expect(read({ updated_at: null }, { triggeredAt: now - 5 }).updatedAt).toBe(now - 5);
  });
  it('include delivery when every shipment that was not called off has arrived', () => {
    const created_at = '2026-01-02T09:00:00Z';
    const arrived = (day: number) => ({
      status: 'success',
      shipment_status: 'delivered',
      updated_at: `2026-01-0${day}T08:00:00Z`,
    });
    expect(read({ created_at, fulfillments: [arrived(3), arrived(4)] }).deliveredAt).toBe(Date.UTC(2026, 0, 4, 8));
    expect(read({ created_at, fulfillments: [arrived(3), { status: 'cancelled' }] }).deliveredAt).toBe(
      Date.UTC(2026, 0, 3, 8),
    );
    expect(
      read({ created_at, fulfillments: [arrived(3), { status: 'success', shipment_status: 'in_transit' }] }),
    ).not.toHaveProperty('deliveredAt');
    expect(read({ fulfillments: [] })).not.toHaveProperty('deliveredAt');
  });
});

describe('the buyer', () => {
  const customer = { id: 7, email: 'ada@example.com', first_name: 'Ada', last_name: 'L', tags: 'vip, , Wholesale' };

  it('is the account, before what was typed at the checkout', () => {
    expect(
      read({ customer: { ...customer, email: 'account@example.com' }, contact_email: 'typed@example.com' }).customer,
    ).toMatchObject({
      externalId: '7',
      email: 'account@example.com',
      firstName: 'Ada',
      tags: ['vip', 'Wholesale'],
    });
  });
  it('is a guest with an address and no account', () => {
    expect(read({ email: '', contact_email: 'Guest@Example.com' }).customer).toEqual({ email: 'guest@example.com' });
  });
  it('is an account with a phone number only: known, and without an address', () => {
    expect(read({ email: null, customer: { id: 7, phone: '+441' } }).customer).toEqual({ externalId: '7' });
  });
  it('is nobody without account and address, or with an address that cannot be mailed', () => {
    expect(read({ email: null, phone: '+441' })).not.toHaveProperty('customer');
    expect(read({ email: 'jürgen@example.com' })).not.toHaveProperty('customer');
  });
  it('lives where the goods go, else where the account is', () => {
    const address = (country_code: string, province_code = 'X') => ({ country_code, province_code });
    expect(read({ shipping_address: address('US', 'NY'), billing_address: address('DE') }).customer).toMatchObject({
      country: 'US',
      province: 'NY',
    });
    expect(
      read({ shipping_address: address('??'), customer: { ...customer, default_address: address('GB', 'ENG') } })
        .customer,
    ).toMatchObject({ country: 'GB', province: 'ENG' });
  });
  it('has a name from one place only', () => {
    const named = {
      billing_address: { first_name: 'Grace', last_name: 'H' },
      shipping_address: { first_name: '', last_name: 'K' },
    };
    expect(read(named).customer).toMatchObject({ lastName: 'K' });
    expect(read(named).customer).not.toHaveProperty('firstName');
  });
  it('reads the language of the checkout, then of the browser, then of the account', () => {
    expect(read({ customer_locale: 'fr-ca' }).customer?.locale).toBe('fr-CA');
    expect(read({ client_details: { accept_language: 'de-DE,de;q=0.9' } }).customer?.locale).toBe('de-DE');
    expect(read({ customer: { ...customer, locale: 'nl' } }).customer?.locale).toBe('nl');
  });
  it('who was erased at Shopify is an id and nothing else', () => {
    const redacted = { ...customer, email_marketing_consent: { state: 'redacted', consent_updated_at: null } };
    expect(read({ customer: redacted, buyer_accepts_marketing: true }).customer).toEqual({ externalId: '7' });
    expect(read({ customer: { ...redacted, id: null } })).not.toHaveProperty('customer');
  });
});

describe('consent on an order', () => {
  const at = (day: string) => Date.parse(`${day}T00:00:00Z`);
  const says = (state: string | null, day: string | null) => ({
    id: 7,
    email_marketing_consent: { state, consent_updated_at: day && `${day}T00:00:00Z` },
  });

  it('is granted at processed_at by the box at the checkout', () => {
    expect(read({ buyer_accepts_marketing: true }).customer?.consent).toEqual({
      state: 'granted',
      at: placedAt,
      basis: 'express',
      source: 'shopify:checkout',
    });
  });
  it.each([
    ['subscribed', '2025-05-01', { state: 'granted', at: at('2025-05-01') }],
    ['unsubscribed', '2025-05-01', { state: 'withdrawn', at: at('2025-05-01') }],
    ['unsubscribed', null, { state: 'withdrawn', at: placedAt }],
  ])('%s at %s is a statement', (state, day, expected) => {
    expect(read({ customer: says(state, day) }).customer?.consent).toMatchObject(expected);
  });
  it.each([
    ['subscribed', null],
    ['subscribed', '2026-02-01'],
    ['pending', '2025-05-01'],
    ['not_subscribed', '2025-05-01'],
    ['invalid', '2025-05-01'],
    [null, '2025-05-01'],
  ])('%s at %s is no statement', (state, day) => {
    expect(read({ customer: says(state, day), buyer_accepts_marketing: false }).customer).not.toHaveProperty('consent');
  });
  it('of the account and the box the later dated wins, and of two with one date the withdrawal', () => {
    const order = (state: string, day: string) =>
      read({ customer: says(state, day), buyer_accepts_marketing: true, processed_at: '2025-06-01T00:00:00Z' }).customer
        ?.consent;
    expect(order('unsubscribed', '2025-05-01')?.state).toBe('granted');
    expect(order('unsubscribed', '2025-07-01')?.state).toBe('withdrawn');
    expect(order('unsubscribed', '2025-06-01')?.state).toBe('withdrawn');
    expect(order('subscribed', '2025-06-01')?.source).toBe('shopify:checkout');
  });
  it('of the older API counts when it is dated', () => {
    const old = (accepts_marketing: boolean, accepts_marketing_updated_at: string | null) =>
      read({ customer: { id: 7, accepts_marketing, accepts_marketing_updated_at } }).customer?.consent?.state;
    expect(old(true, '2020-01-01T00:00:00Z')).toBe('granted');
    expect(old(true, null)).toBeUndefined();
    expect(old(false, '2020-01-01T00:00:00Z')).toBeUndefined();
  });
});

describe('the lines of an order', () => {
  it('are named by SKU, else variant, else product, else name, and summed', () => {
    const lines = read({
      line_items: [
        { sku: 'A', quantity: 1, price: '1.00' },
        { sku: 'A', quantity: 3, price: '2.00' },
        { sku: '', variant_id: '9007199254740993', quantity: 1, price_set: money('5.00') },
        { product_id: 3, name: 'Mug', quantity: 1, price: '0.125' },
        { title: 'Card', quantity: 1 },
        { quantity: 2 },
      ],
    }).lines;
    expect(lines).toEqual([
      { sku: 'A', quantity: 4, priceMinor: 175 },
      { sku: '9007199254740993', quantity: 1, priceMinor: 500 },
      { sku: '3', name: 'Mug', quantity: 1, priceMinor: 13 },
      { sku: 'Card', name: 'Card', quantity: 1, priceMinor: 0 },
      { sku: 'line-6', quantity: 2, priceMinor: 0 },
    ]);
  });
  it('are dropped, and counted, where they do not fit the item', () => {
    const line_items = Array.from({ length: 5_000 }, (_, i) => ({
      sku: `SKU-${i}`,
      name: 'é'.repeat(90),
      quantity: 1,
      price: '1.00',
    }));
    const order = read({ line_items });
    expect(order.lines.length + order.linesDropped).toBe(5_000);
    expect(order.lines.length).toBeGreaterThan(100);
    expect(Buffer.byteLength(JSON.stringify(order))).toBeLessThan(64 * 1024);
  });
  it('keep discount codes with what they took off', () => {
    const discount_codes = [
      { code: ' WB-7Q2M ', amount: '12.00' },
      { code: '', amount: '1.00' },
      { code: 'FREE', amount: null },
    ];
    expect(read({ discount_codes }).discounts).toEqual([
      { code: 'WB-7Q2M', amountMinor: 1200 },
      { code: 'FREE', amountMinor: 0 },
    ]);
  });
  it('of an odd shape elsewhere do not make the order unreadable', () => {
    const odd = {
      customer: 'none',
      refunds: 5,
      shipping_address: [],
      tags: ['a'],
      test: 'no',
      fulfillments: {},
      discount_codes: null,
    };
    expect(read(odd)).toMatchObject({
      orderId: '820982911946154508',
      test: false,
      customer: { email: 'ada@example.com' },
    });
  });
});
