import { describe, expect, it } from 'vitest';
import { days, hours, minutes, toIso } from '../../shared/domain/time.ts';
import { start } from '../support/customers.ts';
import { standardHeaders } from '../unit/ingest/ingest-bench.ts';
import { openShop, type Shop, standardOrderOf } from './support/shop.ts';

const event = {
  type: 'event',
  data: { customer: { id: 'c-1', email: 'ada@example.com' }, name: 'checkout.abandoned', at: toIso(start) },
};

/** A delivery somebody recorded on the wire: bytes and headers exactly as they were. */
const recorded = (message: object, id = 'msg_1') => {
  const body = JSON.stringify(message);
  return { source: 'standard', body, headers: standardHeaders(body, { id, at: start }) };
};
const everything = ({ table }: Shop): string => JSON.stringify([...table.rows()]);

describe('fault 20: a delivery that is played again', () => {
  it('ten minutes later: 401 although the signature is good, and nothing is written', async () => {
    for (const message of [standardOrderOf(start), event]) {
      const shop = await openShop();
      await shop.advanceTo(start + minutes(10));
      const before = everything(shop);
      expect((await shop.deliver(recorded(message))).code).toBe(401);
      expect(everything(shop)).toBe(before);
    }
  });

  it('a second beyond the five minutes, either way: 401; within them: taken', async () => {
    for (const [offMs, code] of [
      [minutes(5), 202],
      [minutes(5) + 1_000, 401],
      [-minutes(5), 202],
      [-minutes(5) - 1_000, 401],
    ] as const) {
      const shop = await openShop();
      expect((await shop.deliver(recorded(standardOrderOf(start)), start + offMs)).code).toBe(code);
    }
  });

  it('with a fresh timestamp written over the old one: 401', async () => {
    const shop = await openShop();
    await shop.advanceTo(start + minutes(10));
    const old = recorded(standardOrderOf(start));
    const headers = { ...old.headers, 'webhook-timestamp': String(Math.floor(shop.now() / 1_000)) };
    expect((await shop.deliver({ ...old, headers })).code).toBe(401);
  });

  it('within the five minutes, a hundred times: taken once, the others ignored as the same', async () => {
    for (const message of [standardOrderOf(start), event]) {
      const shop = await openShop();
      expect(await shop.deliver(recorded(message))).toMatchObject({ status: 'accepted' });
      const before = everything(shop);
      for (let n = 1; n < 100; n += 1)
        expect(await shop.deliver(recorded(message), start + n * 2_900)).toMatchObject({
          status: 'ignored',
          reason: 'duplicate',
        });
      expect(everything(shop)).toBe(before);
    }
  });

  it('by an id that was used: ignored while a signature could be good, whatever it holds now', async () => {
    const shop = await openShop();
    await shop.standard(event, { id: 'msg_1' });
    const other = { ...event, data: { ...event.data, name: 'checkout.completed' } };
    for (const later of [0, minutes(1), minutes(6), hours(1), days(1)]) {
      await shop.advanceTo(start + later);
      expect(await shop.standard(other, { id: 'msg_1' })).toMatchObject({ status: 'ignored', reason: 'duplicate' });
    }
    expect(await shop.standard(other, { id: 'msg_2' })).toMatchObject({ status: 'accepted' });
  });

  it('of an older version of an order under a new id: stale, the newer stays', async () => {
    const shop = await openShop();
    await shop.standard(standardOrderOf(start, { total: '60.00', updatedAt: toIso(start + 2_000) }));
    expect(await shop.standard(standardOrderOf(start))).toMatchObject({ status: 'ignored', reason: 'stale' });
    expect(await shop.adasHistory()).toMatchObject({ revenueMinor: 6_000 });
  });
});
