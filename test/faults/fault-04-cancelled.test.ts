import { describe, expect, it } from 'vitest';
import { days, hours, minutes, toIso } from '../../shared/domain/time.ts';
import { start } from '../support/customers.ts';
import { openShop, type Shop, standardOrderOf } from './support/shop.ts';

const placedAt = start;
const undone = (at: number, status: string) =>
  standardOrderOf(placedAt, { status, refunded: status === 'refunded' ? '48.00' : '0.00', updatedAt: toIso(at) });
const sends = (shop: Shop) => shop.rows('SEND').map(({ value }) => value);

/** A first order, and the welcome that is planned for it. */
const bought = async (): Promise<Shop> => {
  const shop = await openShop();
  await shop.standard(standardOrderOf(placedAt));
  expect(sends(shop)).toMatchObject([{ campaign: 'welcome', state: { status: 'pending' } }]);
  return shop;
};

describe('fault 4: an order cancelled while a mail about it is on its way', () => {
  it('is mailed about when nobody cancels: what follows can fail', async () => {
    const shop = await bought();
    await shop.advanceTo(start + days(9));
    expect(shop.mails).toHaveLength(1);
  });

  it.each(['cancelled', 'voided', 'refunded'])(
    '%s an hour or a minute before: looked at again, skipped',
    async (status) => {
      for (const before of [days(3), minutes(1)]) {
        const shop = await bought();
        const plannedAt = Number((sends(shop)[0] as { plannedAt: number }).plannedAt);
        await shop.advanceTo(plannedAt - before);
        await shop.standard(undone(shop.now(), status));
        await shop.advanceTo(start + days(30));
        expect(shop.mails).toEqual([]);
        expect(sends(shop)).toMatchObject([{ state: { status: 'skipped', reason: expect.any(String) } }]);
      }
    },
  );

  it('while the mail waits for the provider’s quota: the refusal is no promise', async () => {
    let isFull = true;
    const shop = await openShop();
    const { mailer } = shop.deps;
    const accept = mailer.send;
    mailer.send = async (mail) =>
      (isFull ? { type: 'refused', code: 'daily-quota', retry: 'tomorrow' } : accept(mail)) as never;
    await shop.standard(standardOrderOf(placedAt));
    await shop.advanceTo(start + days(7) + hours(20));
    expect(sends(shop)).toMatchObject([{ state: { status: 'pending' }, attempt: 0 }]);
    await shop.standard(undone(shop.now(), 'cancelled'));
    isFull = false;
    await shop.advanceTo(start + days(30));
    expect(shop.mails).toEqual([]);
    expect(sends(shop)).toMatchObject([{ state: { status: 'skipped' } }]);
  });

  it('after it left: the mail stays in the ledger as sent, once', async () => {
    const shop = await bought();
    await shop.advanceTo(start + days(9));
    await shop.standard(undone(shop.now(), 'cancelled'));
    await shop.advanceTo(start + days(30));
    expect(shop.mails).toHaveLength(1);
    expect(sends(shop)).toMatchObject([{ state: { status: 'sent' } }]);
  });
});
