import { describe, expect, it } from 'vitest';
import type { ConsentClaim } from '../../../shared/domain/customers/profile.ts';
import { days, type EpochMs, hours } from '../../../shared/domain/time.ts';
import { start } from '../../support/customers.ts';
import { ada, anOrder, makeWorld } from '../../support/world.ts';

type World = Awaited<ReturnType<typeof makeWorld>>;
const base = { store: 'demo', source: 'standard' } as const;
const claimed = (state: ConsentClaim['state'], at: EpochMs): ConsentClaim => ({
  ...{ state, at, basis: 'express', source: 'form' },
});
const tell = (world: World, eventId: string, at: EpochMs, consent: ConsentClaim, country = 'GB') =>
  world.event({ ...base, eventId, at, body: { type: 'customer', customer: { ...ada, country, consent } } });

describe('a yes that a shop dates ahead of time', () => {
  const ahead = claimed('granted', start + hours(12));
  const bought = anOrder({ orderId: 'o-1', placedAt: start, customer: { ...ada, consent: ahead } });

  it('does not outlast an opt-out that came after it', async () => {
    const world = await makeWorld({ store: { activeCampaigns: ['welcome'] } });
    await world.order(bought);
    const customer = (await world.customerOf('standard:c-1'))?.customer?.customerId ?? '';
    await world.advanceTo(start + hours(2));
    await world.deps.customers.restrictContact('demo', customer, { optedOutAt: world.now() });
    await world.ringAgain(bought);
    await world.advanceTo(start + days(12));
    expect(world.mails).toEqual([]);
  });

  it('does not outlast a withdrawal that came after it', async () => {
    const world = await makeWorld({ store: { activeCampaigns: ['welcome'] } });
    await world.order(bought);
    await world.advanceTo(start + hours(2));
    await tell(world, 'e-1', world.now(), claimed('withdrawn', world.now()));
    await world.advanceTo(start + days(12));
    expect(world.mails).toEqual([]);
  });

  it('is not said again by an order that tells it once more after a withdrawal, by the same clock or another', async () => {
    for (const fastMs of [0, hours(12)]) {
      const world = await makeWorld({ store: { activeCampaigns: ['welcome'] } });
      await world.order(bought);
      await world.advanceTo(start + hours(2));
      await tell(world, 'e-1', world.now(), claimed('withdrawn', world.now() + fastMs));
      await world.advanceTo(start + hours(3));
      await world.order({ ...bought, updatedAt: world.now() });
      await world.advanceTo(start + hours(14));
      await world.order({ ...bought, updatedAt: world.now() });
      expect((await world.customerOf('standard:c-1'))?.customer?.consent?.state).toBe('withdrawn');
    }
  });

  it('gives way to a yes that follows a withdrawal by the same clock', async () => {
    const world = await makeWorld({ store: { activeCampaigns: ['welcome'] } });
    await world.order(bought);
    await world.advanceTo(start + hours(2));
    const no = claimed('withdrawn', start + hours(14));
    await tell(world, 'e-1', world.now(), no);
    await world.advanceTo(start + hours(4));
    await tell(world, 'e-2', world.now(), claimed('granted', start + hours(16)));
    await world.advanceTo(start + hours(5));
    await tell(world, 'e-3', world.now(), no);
    expect((await world.customerOf('standard:c-1'))?.customer?.consent?.state).toBe('granted');
  });

  it('is a yes all the same', async () => {
    const world = await makeWorld({ store: { activeCampaigns: ['welcome'] } });
    await world.order(bought);
    await world.advanceTo(start + days(12));
    expect(world.mails).toHaveLength(1);
  });
});

describe('a yes, a no and a yes again within a minute', () => {
  it('begin a campaign that comes once only once', async () => {
    const world = await makeWorld({ store: { activeCampaigns: ['lead-nurture'] } });
    world.setDown(['relay']);
    await tell(world, 'e-1', start - 2, claimed('granted', start - 2));
    await tell(world, 'e-2', start - 1, claimed('withdrawn', start - 1));
    await tell(world, 'e-3', start, claimed('granted', start));
    world.setDown([]);
    await world.advanceTo(start + days(5));
    expect(world.mails).toHaveLength(1);
  });
});

describe('somebody who was erased and comes back where a yes is confirmed by mail', () => {
  it('is asked to confirm it', async () => {
    const world = await makeWorld({ store: { doubleOptIn: ['DE'] } });
    await world.order(anOrder({ orderId: 'o-1', placedAt: start }));
    const email = 'ada@example.com';
    await world.event({ ...base, eventId: 'x-1', at: start, body: { type: 'erase', externalId: 'c-1', email } });
    await world.advanceTo(start + days(3));
    await tell(world, 'e-1', world.now(), claimed('granted', world.now()), 'DE');
    await world.advanceTo(start + days(4));
    expect(world.mails.map(({ tags }) => tags['campaign'])).toEqual(['consent-confirmation']);
  });
});
