import { describe, expect, it } from 'vitest';
import { unsubscribe } from '../../../functions/unsubscribe/unsubscribe.ts';
import { days } from '../../../shared/domain/time.ts';
import { start } from '../../support/customers.ts';
import { ada, anOrder, makeWorld } from '../../support/world.ts';

/** Ada was mailed, erased, and came back with a yes: `lives` times in all. */
const lived = async (lives: number) => {
  const world = await makeWorld({ store: { activeCampaigns: ['welcome'] } });
  await world.order(anOrder({ orderId: 'o-0', placedAt: start }));
  await world.advanceTo(start + days(10));
  const link = world.mails[0]?.headers['List-Unsubscribe'] ?? '';
  for (let life = 1; life < lives; life++) {
    const at = world.now();
    const body = { type: 'erase', externalId: 'c-1', email: 'ada@example.com' } as const;
    await world.event({ store: 'demo', source: 'standard', eventId: `x-${life}`, at, body });
    await world.advanceTo(at + days(1));
    const consent = { state: 'granted', at: world.now(), basis: 'express', source: 'checkout' } as const;
    await world.order(anOrder({ orderId: `o-${life}`, placedAt: world.now(), customer: { ...ada, consent } }));
  }
  return { world, token: /\/u\/([\w-]+)>/.exec(link)?.[1] ?? '' };
};

describe('the unsubscribe link of a mail from before an erasure', () => {
  it.each([2, 3])('stops the mails of the life that is lived now: life %i', async (lives) => {
    const { world, token } = await lived(lives);
    await world.advanceTo(world.now() + days(1));
    expect(await unsubscribe(world.deps, { method: 'POST', token }, world.now())).toBe('done');
    await world.advanceTo(world.now() + days(12));
    expect(world.mails).toHaveLength(1);
  });

  it('changes nothing for whoever says yes again afterwards', async () => {
    const { world, token } = await lived(2);
    await unsubscribe(world.deps, { method: 'POST', token }, world.now());
    await world.advanceTo(world.now() + days(1));
    const consent = { state: 'granted', at: world.now(), basis: 'express', source: 'form' } as const;
    const body = { type: 'customer', customer: { ...ada, consent } } as const;
    await world.event({ store: 'demo', source: 'standard', eventId: 'e-1', at: world.now(), body });
    await world.advanceTo(world.now() + days(12));
    expect(world.mails).toHaveLength(2);
  });
});
