import { describe, expect, it } from 'vitest';
import { type Bench, bench, send } from './ingest-bench.ts';
import { haveWebhooks, shopifyBody, shopifyDeliveries } from './shared-webhooks.ts';

const receivedAt = Date.UTC(2026, 0, 1);

/** Sends a fixture as it is, over its own signature. */
const deliver = (b: Bench, file: string) => {
  const delivery = shopifyDeliveries.find(({ bodyFile }) => bodyFile === file);
  if (delivery === undefined) throw new Error(`no delivery of ${file}`);
  return send(b, { body: shopifyBody(file), headers: delivery.headers, base64: true }, receivedAt);
};

/** What a fixture leaves in the table, after one delivery and again after a second. */
const storedBy = async (file: string) => {
  const b = bench();
  const { status, body } = await deliver(b, file);
  expect(status).toBe(202);
  const once = b.rows().map(({ entity, value }) => ({ entity, value }));
  await deliver(b, file);
  expect(
    b
      .rows()
      .filter(({ entity }) => entity !== 'QUARANTINE')
      .map(({ entity, value }) => ({ entity, value })),
  ).toEqual(once.filter(({ entity }) => entity !== 'QUARANTINE'));
  expect(once.length).toBeLessThanOrEqual(1);
  return { body, ...once[0] };
};

const order = (more: object) => ({ body: { status: 'accepted' }, entity: 'ORDER', value: { order: more } });
const event = (body: object) => ({ body: { status: 'accepted' }, entity: 'EVENT', value: { body } });
const ignored = (reason: string) => ({ body: { status: 'ignored', reason } });
const quarantined = (reason: string, ids: object) => ({
  ...ignored(reason),
  entity: 'QUARANTINE',
  value: { reason, ids },
});

describe.skipIf(!haveWebhooks)("Shopify's own payloads", () => {
  it.each([
    [
      'orders_create.json',
      order({
        orderId: '1073459981',
        status: 'paid',
        kind: 'one_time',
        channel: 'online',
        currency: 'USD',
        totalMinor: 18109,
        refundedMinor: 0,
        taxMinor: 0,
        shippingMinor: 0,
        test: false,
        placedAt: Date.UTC(2025, 6, 2, 16, 31, 38),
        updatedAt: Date.UTC(2025, 6, 2, 16, 31, 38),
        discounts: [{ code: 'FAKE30', amountMinor: 1791 }],
        customer: {
          externalId: '1073339475',
          email: 'jane@example.com',
          firstName: 'John',
          lastName: 'Smith',
          country: 'CA',
          province: 'ON',
        },
        lines: [{ sku: 'IPOD2009BLACK', name: 'IPod Touch 8GB - Black', quantity: 1, priceMinor: 19900 }],
      }),
    ],
    [
      'orders_paid.json',
      order({
        orderId: '1073459972',
        status: 'paid',
        totalMinor: 19900,
        customer: { externalId: '1073339470', email: 'foo@example.com' },
      }),
    ],
    [
      'orders_updated_partially_refunded.json',
      order({
        orderId: '450789469',
        status: 'partially_refunded',
        totalMinor: 59894,
        refundedMinor: 20900,
        taxMinor: 1194,
        customer: { tags: ['Léon', 'Noël'] },
      }),
    ],
    [
      'orders_cancelled.json',
      order({
        orderId: '820982911946154508',
        status: 'cancelled',
        test: true,
        totalMinor: 38800,
        placedAt: Date.UTC(2022, 0, 1),
        customer: {
          externalId: '115310627314723954',
          email: 'john@example.com',
          locale: 'en',
          consent: { state: 'granted', at: Date.UTC(2022, 0, 1), source: 'shopify:checkout' },
        },
        lines: [{ sku: 'IPOD2008PINK', quantity: 2, priceMinor: 19900 }],
      }),
    ],
    ['orders_edited.json', ignored('covered-by-order-topics')],
    ['orders_delete.json', ignored('unknown-order')],
    ['order_transactions_create.json', ignored('covered-by-order-topics')],
    [
      'refunds_create.json',
      {
        body: { status: 'accepted' },
        entity: 'REFUND',
        value: {
          orderId: '820982911946154508',
          refundId: '890088186047892319',
          amountMinor: 39800,
          at: Date.UTC(2025, 6, 2, 16, 23, 46, 877),
        },
      },
    ],
    [
      'customers_create.json',
      event({
        type: 'customer',
        customer: {
          externalId: '706405506930370084',
          email: 'bob@biller.com',
          consent: { state: 'granted', at: Date.UTC(2022, 0, 1) },
        },
      }),
    ],
    [
      'customers_update.json',
      event({
        type: 'customer',
        customer: { externalId: '207119551', email: 'changed@example.com', country: 'US', tags: ['Léon', 'Noël'] },
      }),
    ],
    ['customers_delete.json', event({ type: 'erase', externalId: '706405506930370084' })],
    ['customers_merge.json', ignored('merge-not-completed')],
    ['customers_email_marketing_consent_update.json', ignored('no-consent-statement')],
    ['customers_redact.json', event({ type: 'erase', externalId: '191167', email: 'john@example.com' })],
    [
      'customers_data_request.json',
      quarantined('data-request', { shop: '954889', customer: '191167', request: '9999' }),
    ],
    ['shop_redact.json', quarantined('shop-redact', { shop: '954889' })],
    ['app_uninstalled.json', quarantined('app-uninstalled', { id: '548380009' })],
    [
      'checkouts_create.json',
      event({
        type: 'behaviour',
        name: 'checkout.started',
        customer: { externalId: '603851970716743426' },
        properties: { total: '398.00', currency: 'USD', lines: 2 },
      }),
    ],
    ['checkouts_delete.json', ignored('adds-nothing')],
    ['carts_create.json', ignored('no-identity')],
  ])('%s means what it says, once', async (file, expected) => {
    expect(await storedBy(file)).toMatchObject(expected);
  });

  it('covers every delivery there is', () => {
    expect(shopifyDeliveries).toHaveLength(21);
  });

  it('keeps a guest order without a customer as money of nobody', async () => {
    const stored = await storedBy('orders_create_guest_no_customer.json');
    expect(stored).toMatchObject(order({ orderId: '1073459963', totalMinor: 27037, taxMinor: 1445 }));
    expect(JSON.stringify(stored)).not.toContain('"customer"');
  });

  it('never stores a phone number, a street or the key of a checkout', async () => {
    for (const { bodyFile } of shopifyDeliveries) {
      const text = JSON.stringify(await storedBy(bodyFile));
      expect(text).not.toMatch(/555-|\+16136|Fake Street|Chestnut|example-secret-token|super@supertoys/);
    }
  });

  it('logs no address of anybody', async () => {
    const b = bench();
    for (const { bodyFile } of shopifyDeliveries) await deliver(b, bodyFile);
    expect(b.logged.length).toBeGreaterThan(0);
    expect(b.logged.join('\n')).not.toContain('@');
  });
});
