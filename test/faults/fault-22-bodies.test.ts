import { describe, expect, it } from 'vitest';
import { itemBytes } from '../../shared/adapters/dynamodb/codec/item-size.ts';
import { eventItem } from '../../shared/adapters/dynamodb/items/event-item.ts';
import { orderItem } from '../../shared/adapters/dynamodb/items/order-item.ts';
import type { CustomerEvent } from '../../shared/domain/intake/intake.ts';
import type { Order } from '../../shared/domain/orders/order.ts';
import { start } from '../support/customers.ts';
import { bench, send } from '../unit/ingest/ingest-bench.ts';
import { openShop, shopifyOrderOf, standardOrderOf } from './support/shop.ts';

const orderWith = (data: object) => standardOrderOf(start, { ...data });
const written = (order: ReturnType<typeof orderWith>): string => JSON.stringify(order);
const kb400 = 400 * 1024;

/** What both doors make of one hostile text: the shop's own gets to know what is wrong, a platform never a refusal. */
const bothDoors = async (standard: string, shopify: string) => {
  const shop = await openShop();
  const answers = [await shop.standard(standard), await shop.shopify('orders/create', shopify)];
  expect(shop.rows('ORDER', 'REFUND', 'EVENT', 'CUSTOMER')).toEqual([]);
  const quarantined = shop.rows('QUARANTINE');
  expect(quarantined).toHaveLength(1);
  expect(JSON.stringify(quarantined).length).toBeLessThan(1_000);
  return answers;
};
const shopifyText = (data: object): string => JSON.stringify(shopifyOrderOf(start, data));
const ofStandard = written(orderWith({}));
const ofShopify = shopifyText({});

describe('fault 22: bodies that are too long, too deep, ambiguous or no money', () => {
  it('10 MB: 413 by every door, before a secret is asked for or a byte parsed', async () => {
    const b = bench();
    const body = `{"a":"${'x'.repeat(10 * 1024 * 1024)}"}`;
    for (const source of ['standard', 'shopify'])
      for (const base64 of [false, true])
        expect(await send(b, { source, body, base64 })).toMatchObject({
          status: 413,
          body: { detail: expect.any(String) },
        });
    expect([b.rows(), b.asked]).toEqual([[], []]);
  });

  it('10,000 lines: refused with the rule, or kept for the operator with the reason', async () => {
    const lines = Array.from({ length: 10_000 }, (_, n) => ({ sku: `s${n}` }));
    const theirs = lines.map(({ sku }) => ({ sku, quantity: 1 }));
    const [standard, shopify] = await bothDoors(written(orderWith({ lines })), shopifyText({ line_items: theirs }));
    expect(standard).toMatchObject({ code: 422, errors: [{ path: '$.data.lines' }] });
    expect(shopify).toMatchObject({ code: 202, reason: 'too-many-lines' });
  });

  it.each<[string, (text: string) => string, string]>([
    [
      'nested a thousand deep',
      (text) => text.replace(/}$/, `,"more":${'['.repeat(1_000)}${']'.repeat(1_000)}}`),
      'nest deeper',
    ],
    ['with two members of one name', (text) => text.replace(/"id":/, '"id":"other","id":'), 'two members'],
    ['with one name spelt in two ways', (text) => text.replace(/"id":/, '"\\u0069d":"other","id":'), 'two members'],
    ['with __proto__', (text) => text.replace(/}$/, ',"__proto__":{"isAdmin":true}}'), '__proto__'],
    ['with __proto__ in escapes', (text) => text.replace(/}$/, ',"__\\u0070roto__":{}}'), '__proto__'],
    ['with 1e400', (text) => text.replace(/}$/, ',"more":1e400}'), 'range of a double'],
    ['with -1e400 for an amount', (text) => text.replace('"48.00"', '-1e400'), 'range of a double'],
    ['cut off', (text) => text.slice(0, -1), 'must be JSON'],
  ])('%s: what is wrong, or malformed-json', async (_name, spoil, rule) => {
    const [standard, shopify] = await bothDoors(spoil(ofStandard), spoil(ofShopify));
    expect(standard).toMatchObject({ code: 422, errors: [{ path: '$', rule: expect.stringContaining(rule) }] });
    expect(shopify).toMatchObject({ code: 202, reason: 'malformed-json' });
    expect(Object.prototype).not.toHaveProperty('isAdmin');
  });

  it('constructor and prototype are names like others, and reach nothing', async () => {
    const shop = await openShop();
    const odd = { constructor: { prototype: { isAdmin: true } }, prototype: 1, toString: 'x', hasOwnProperty: null };
    const customer = { id: 'constructor', email: 'ada@example.com', ...odd };
    expect(await shop.standard(orderWith({ ...odd, customer }))).toMatchObject({ status: 'accepted' });
    expect((await shop.customerOf('standard:constructor'))?.customer?.history.orders).toBe(1);
    expect(Object.prototype).not.toHaveProperty('isAdmin');
  });

  it.each([
    ['-1.00', 'GBP'],
    ['-0.00', 'GBP'],
    ['1e3', 'GBP'],
    ['0x10', 'GBP'],
    ['12,50', 'GBP'],
    ['1.001', 'GBP'],
    ['99999999999999999', 'GBP'],
    ['48.00', 'ZZZ'],
    ['48.00', 'XXX'],
    ['48.00', 'gbp'],
    ['48.00', '£'],
  ])('%s of %s: 422 that says where, and nothing is written', async (total, currency) => {
    const shop = await openShop();
    const answer = await shop.standard(orderWith({ total, currency }));
    expect(answer).toMatchObject({ code: 422, errors: [{ path: expect.stringMatching(/total|currency/) }] });
    expect([...shop.table.rows()].filter(({ entity }) => !entity.startsWith('STORE'))).toEqual([]);
  });

  it.each([
    [{ total_price: '-1.00' }, 'unreadable-amount'],
    [{ total_price: '1e3' }, 'unreadable-amount'],
    [{ total_price: '9'.repeat(40) }, 'unreadable-amount'],
    [{ currency: 'ZZZ' }, 'no-currency'],
    [{ currency: '£' }, 'no-currency'],
    [{ line_items: [{ quantity: -1 }] }, 'unreadable-payload'],
  ])('%j from a platform: 202, kept for the operator as %s', async (data, reason) => {
    const shop = await openShop();
    expect(await shop.shopify('orders/create', shopifyOrderOf(start, data))).toMatchObject({
      status: 'ignored',
      reason,
    });
    expect(shop.rows('ORDER', 'CUSTOMER')).toEqual([]);
    expect(shop.rows('QUARANTINE')).toMatchObject([{ value: { reason, ids: expect.any(Object) } }]);
  });

  it('an order of nothing is an order, and counts as none', async () => {
    const shop = await openShop();
    expect(await shop.standard(orderWith({ total: '0.00' }))).toMatchObject({ status: 'accepted' });
    expect(await shop.adasHistory()).toMatchObject({ orders: 0, placed: 1, revenueMinor: 0 });
  });

  it('400 KB and a byte of lines: the order is kept whole but for its lines, in an item of 64 KB that says how many', async () => {
    const shop = await openShop();
    const lines = Array.from({ length: 4_000 }, (_, n) => ({ sku: `sku-${n}`, name: 'n'.repeat(80), price: '1.00' }));
    const message = orderWith({ lines });
    expect(written(message).length).toBeGreaterThan(kb400);
    expect(await shop.standard(message)).toMatchObject({ status: 'accepted' });
    const [stored] = shop.rows('ORDER').map(({ value }) => value as { order: Order; version: string });
    expect((stored?.order.lines.length ?? 0) + (stored?.order.linesDropped ?? 0)).toBe(4_000);
    expect(sizeOfOrder(stored)).toBeLessThanOrEqual(64 * 1024);
    expect(await shop.adasHistory()).toMatchObject({ revenueMinor: 4_800 });
  });

  it.each<[string, object, object]>([
    ['a first name', { firstName: '\u5c0f'.repeat(kb400 / 3 + 1) }, { first_name: '\u5c0f'.repeat(kb400 / 3 + 1) }],
    [
      'tags',
      { tags: Array.from({ length: 100 }, () => '\u5c0f'.repeat(1_400)) },
      { tags: `${'\u5c0f, '.repeat(82_000)}` },
    ],
    ['a locale', { locale: 'e'.repeat(kb400 + 1) }, { locale: 'e'.repeat(kb400 + 1) }],
  ])('400 KB and a byte of %s: an item of 64 KB all the same', async (_name, ours, theirs) => {
    const shop = await openShop();
    const id = { id: 'c-1', email: 'ada@example.com' };
    expect(await shop.standard(orderWith({ customer: { ...id, ...ours } }))).toMatchObject({ status: 'accepted' });
    const customer = { id: 7, email: 'ada@example.com', ...theirs };
    expect(await shop.shopify('orders/create', shopifyOrderOf(start, { customer }))).toMatchObject({
      status: 'accepted',
    });
    expect(await shop.shopify('customers/update', { ...customer, updated_at: '2025-01-06T09:00:00Z' })).toMatchObject({
      status: 'accepted',
    });
    for (const { value } of shop.rows('ORDER')) expect(sizeOfOrder(value)).toBeLessThanOrEqual(64 * 1024);
    for (const { value } of shop.rows('EVENT')) expect(sizeOfEvent(value)).toBeLessThanOrEqual(kb400);
  });

  it('an event as full as it may be is far below what a table takes', async () => {
    const shop = await openShop();
    const names = Array.from({ length: 50 }, (_, n) => `${n}${'\u5c0f'.repeat(98)}`);
    const properties = Object.fromEntries(names.map((name) => [name, '\u5c0f'.repeat(1_000)]));
    const event = { type: 'event', data: { customer: { id: 'c-1' }, name: 'page.seen', properties } };
    expect(await shop.standard(event)).toMatchObject({ status: 'accepted' });
    for (const { value } of shop.rows('EVENT')) expect(sizeOfEvent(value)).toBeLessThan(kb400 / 2);
  });

  it('a megabyte of anything is answered within two seconds', async () => {
    const fill = (head: string, piece: string, tail: string): string =>
      head + piece.repeat(Math.floor((1_040_000 - head.length) / Buffer.byteLength(piece))) + tail;
    const shop = await openShop();
    for (const body of [
      fill('[', '[],', '[]]'),
      fill('{"type":"order.updated","data":{"id":"1","lines":[', '{},', '{}]}}'),
      fill('{"type":"customer.updated","data":{"id":"1","tags":[', '0,', '0]}}'),
      fill('{"type":"customer.updated","data":{"id":"1","firstName":"', '\u0301', '"}}'),
      fill('{"type":"customer.updated","data":{"id":"1","email":"', 'a@', '"}}'),
      fill('{"a":"', '\\"', ''),
      `{${Array.from({ length: 80_000 }, (_, n) => `"k${n}":0`).join(',')}}`,
    ]) {
      const began = performance.now();
      expect([202, 413, 422]).toContain((await shop.standard(body)).code);
      expect(performance.now() - began).toBeLessThan(2_000);
    }
  });
});

const key = { pk: 'S#demo#O#standard:o-1', sk: 'ORDER' };
const sizeOfOrder = (value: unknown): number => {
  const { order, version } = value as { order: Order; version: string };
  return itemBytes(orderItem.write(key, { ...order, version }));
};
const sizeOfEvent = (value: unknown): number => itemBytes(eventItem.write(key, value as CustomerEvent));
