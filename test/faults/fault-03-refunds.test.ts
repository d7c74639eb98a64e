import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { days, hours, toIso } from '../../shared/domain/time.ts';
import { start } from '../support/customers.ts';
import { openShop, type Shop, shopifyOrderOf } from './support/shop.ts';

const placedAt = start - hours(1);
const order = shopifyOrderOf(placedAt);
const refund = (id: number, amount: string, at = start) => ({
  ...{ id, order_id: 1001, created_at: toIso(at), processed_at: toIso(at) },
  refund_line_items: [{ subtotal: amount, subtotal_set: { shop_money: { amount, currency_code: 'GBP' } } }],
  transactions: [{ amount, currency: 'GBP', kind: 'refund', status: 'success' }],
});
const historyIn = async (shop: Shop) => (await shop.customerOf('shopify:7'))?.customer?.history;

describe('fault 3: a refund before its order, above its order, and two refunds swapped', () => {
  it('waits in place for an order that comes an hour, a week or a year later, and then counts', async () => {
    for (const late of [hours(1), days(7), days(365)]) {
      const shop = await openShop();
      expect(await shop.shopify('refunds/create', refund(1, '18.00'))).toMatchObject({ status: 'accepted' });
      expect(shop.rows('REFUND')).toHaveLength(1);
      expect(shop.rows('CUSTOMER')).toEqual([]);
      await shop.advanceTo(start + late);
      expect(shop.rows('REFUND')).toHaveLength(1);
      expect(await shop.shopify('orders/create', order)).toMatchObject({ status: 'accepted' });
      expect(await historyIn(shop)).toMatchObject({ orders: 1, revenueMinor: 3_000, refundedMinor: 1_800 });
    }
  });

  it('of more than the order takes the order away and not a penny more', async () => {
    const shop = await openShop();
    await shop.shopify('orders/create', order);
    await shop.shopify('refunds/create', refund(1, '40.00'));
    await shop.shopify('refunds/create', refund(2, '4000.00'));
    expect(await historyIn(shop)).toMatchObject({ orders: 0, placed: 1, revenueMinor: 0 });
  });

  it('below zero, or of no amount there is, goes to the operator and changes nothing', async () => {
    const shop = await openShop();
    await shop.shopify('orders/create', order);
    const before = await historyIn(shop);
    for (const amount of ['-5.00', '99999999999999999999.00'])
      expect(await shop.shopify('refunds/create', refund(9, amount))).toMatchObject({ status: 'ignored' });
    expect(await historyIn(shop)).toEqual(before);
    expect(shop.rows('REFUND')).toEqual([]);
  });

  it('whatever the order in which order and refunds come, and however often: one sum, never negative', async () => {
    const pieces = [
      { topic: 'orders/create', payload: order },
      { topic: 'refunds/create', payload: refund(1, '5.00') },
      { topic: 'refunds/create', payload: refund(2, '13.00', start + hours(2)) },
      { topic: 'refunds/create', payload: refund(3, '60.00', start + hours(3)) },
    ];
    const anyArrival = fc
      .subarray([1, 2, 3])
      .chain((refunds) => fc.shuffledSubarray([0, 0, ...refunds, ...refunds], { minLength: 2 * refunds.length + 2 }));
    await fc.assert(
      fc.asyncProperty(anyArrival, async (places) => {
        const shop = await openShop();
        for (const place of places) {
          const { topic = '', payload } = pieces[place] ?? {};
          await shop.shopify(topic, payload);
          expect((await historyIn(shop))?.revenueMinor ?? 0).toBeGreaterThanOrEqual(0);
        }
        const given = new Set(places);
        const refundedMinor = (given.has(1) ? 500 : 0) + (given.has(2) ? 1_300 : 0) + (given.has(3) ? 6_000 : 0);
        expect((await historyIn(shop))?.revenueMinor).toBe(Math.max(0, 4_800 - refundedMinor));
      }),
      { numRuns: 25 },
    );
  });
});
