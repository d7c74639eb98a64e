import { describe, expect, it } from 'vitest';
import { days, type EpochMs, hours, minutes, toIso } from '../../shared/domain/time.ts';
import { start } from '../support/customers.ts';
import { openShop, shopifyOrderOf, standardOrderOf } from './support/shop.ts';

const year = (of: number): EpochMs => Date.UTC(of, 5, 1);
const ahead = start + hours(26);

describe('fault 5: a source whose clock is 26 hours off, or stands in 1970 or 2099', () => {
  it.each([
    ['placed 26 hours ahead', { placedAt: toIso(ahead) }, 'implausible-placed-at'],
    ['changed 26 hours ahead', { updatedAt: toIso(ahead) }, 'future-updated-at'],
    ['placed in 1970', { placedAt: toIso(year(1970)) }, 'implausible-placed-at'],
    ['placed in 2099', { placedAt: toIso(year(2099)) }, 'implausible-placed-at'],
    ['changed in 2099', { updatedAt: toIso(year(2099)) }, 'future-updated-at'],
  ])('%s: kept for the operator by both doors, and decides nothing', async (_name, times, reason) => {
    const { placedAt, updatedAt } = { placedAt: undefined, updatedAt: undefined, ...times };
    const shop = await openShop();
    const theirs = { ...(placedAt && { created_at: placedAt }), ...(updatedAt && { updated_at: updatedAt }) };
    expect(await shop.standard(standardOrderOf(start, times))).toMatchObject({ status: 'ignored', reason });
    expect(await shop.shopify('orders/create', shopifyOrderOf(start, theirs))).toMatchObject({
      status: 'ignored',
      reason,
    });
    expect(shop.rows('QUARANTINE')).toHaveLength(2);
    expect(shop.rows('ORDER', 'CUSTOMER', 'SEND')).toEqual([]);
  });

  it('does not let a version of 2099 lock out those that follow', async () => {
    const shop = await openShop();
    await shop.standard(standardOrderOf(start));
    await shop.standard(standardOrderOf(start, { total: '1.00', updatedAt: toIso(year(2099)) }));
    expect(await shop.standard(standardOrderOf(start, { total: '60.00', updatedAt: toIso(start + 1) }))).toMatchObject({
      status: 'accepted',
    });
    expect(await shop.adasHistory()).toMatchObject({ revenueMinor: 6_000 });
  });

  it('26 hours behind is a late order like any other, dated by itself', async () => {
    const shop = await openShop();
    expect(await shop.standard(standardOrderOf(start - hours(26)))).toMatchObject({ status: 'accepted' });
    expect(await shop.adasHistory()).toMatchObject({ orders: 1, lastAt: start - hours(26) });
  });

  it('signed with a clock that is 26 hours, or six minutes, off is not let in', async () => {
    const shop = await openShop();
    for (const off of [hours(26), -hours(26), minutes(6), -minutes(6), year(2099) - start, -start])
      expect((await shop.standard(standardOrderOf(start), { signedAt: start + off })).code).toBe(401);
    expect(shop.rows('ORDER', 'QUARANTINE')).toEqual([]);
  });

  it('an hour ahead is let in, and is mailed about no earlier than by our own clock', async () => {
    const shop = await openShop();
    await shop.standard(standardOrderOf(start + hours(20), { updatedAt: toIso(start + hours(20)) }));
    expect((await shop.customerOf('standard:c-1'))?.customer).toMatchObject({ stage: 'new', decidedAt: start });
    await shop.advanceTo(start + days(9));
    expect(shop.mails.map(({ at }) => at >= start + days(7))).toEqual([true]);
  });

  it.each([year(1970), year(2099), start + hours(26)])(
    'a delivery told for %d moves no mail: it leaves a week after the order',
    async (at) => {
      const shop = await openShop();
      const delivered = { deliveredAt: toIso(at) };
      const shipped = { fulfillments: [{ status: 'success', shipment_status: 'delivered', updated_at: toIso(at) }] };
      await shop.standard(standardOrderOf(start, delivered));
      await shop.shopify(
        'orders/create',
        shopifyOrderOf(start, { ...shipped, customer: { id: 8 }, email: 'bo@example.com' }),
      );
      await shop.advanceTo(start + days(7) - hours(3));
      expect(shop.mails).toEqual([]);
      await shop.advanceTo(start + days(9));
      expect(shop.mails.map(({ to }) => to).sort()).toEqual(['ada@example.com', 'bo@example.com']);
    },
  );

  it('consent of the day after tomorrow is refused, or dropped where nothing may be refused', async () => {
    const shop = await openShop();
    const customer = { id: 'c-1', email: 'ada@example.com', consent: { email: 'granted', at: toIso(ahead) } };
    expect((await shop.standard(standardOrderOf(start, { customer }))).code).toBe(422);
    const consent = { state: 'subscribed', consent_updated_at: toIso(year(2099)) };
    const theirs = { customer: { id: 7, email_marketing_consent: consent }, buyer_accepts_marketing: null };
    await shop.shopify('orders/create', shopifyOrderOf(start, theirs));
    expect((await shop.customerOf('shopify:7'))?.customer?.consent).toBeUndefined();
  });
});
