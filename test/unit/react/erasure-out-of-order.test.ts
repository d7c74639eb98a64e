import { describe, expect, it } from 'vitest';
import { react } from '../../../functions/react/react.ts';
import type { CustomerEvent } from '../../../shared/domain/intake/intake.ts';
import { orderVersion } from '../../../shared/domain/orders/order-version.ts';
import { days, hours } from '../../../shared/domain/time.ts';
import { start } from '../../support/customers.ts';
import { ada, anOrder, makeWorld } from '../../support/world.ts';

type World = Awaited<ReturnType<typeof makeWorld>>;
type Erase = Extract<CustomerEvent['body'], { type: 'erase' }>;

const base = { store: 'demo', source: 'standard', at: start } as const;
const erasure = (who: Omit<Erase, 'type'>): CustomerEvent => ({
  ...base,
  eventId: 'erase-1',
  body: { type: 'erase', ...who },
});
const bought = anOrder({ orderId: 'o-1', placedAt: start - hours(1) });
const textOf = (world: World): string => JSON.stringify([...world.table.rows()].map(({ value }) => value));
const personal = /ada@example\.com|"Ada"/;

describe('an erasure that comes before what it is about', () => {
  it('erases somebody whose first order stands in the same batch', async () => {
    const world = await makeWorld();
    const event = erasure({ externalId: 'c-1' });
    await world.deps.intake.putOrder(bought, orderVersion(bought));
    await world.deps.intake.putEvent(event);
    const calls = [{ type: 'order', key: bought } as const, { type: 'event', ...event } as const];
    expect(await react(world.deps, calls, world.now())).toEqual([]);
    expect(textOf(world)).not.toMatch(personal);
    expect((await world.customerOf('standard:c-1'))?.customer).toMatchObject({ erasedAt: start, profile: {} });
  });

  it('brings nobody to life by an older order that comes after it, and mails them nothing', async () => {
    const world = await makeWorld();
    await world.event(erasure({ externalId: 'c-1' }));
    await world.advanceTo(start + hours(1));
    await world.order(bought);
    await world.advanceTo(start + days(12));
    expect(world.mails).toEqual([]);
    expect(textOf(world)).not.toMatch(personal);
  });

  it('does not keep the person from coming back: a later order begins the first life that is known', async () => {
    const world = await makeWorld();
    await world.event(erasure({ externalId: 'c-1' }));
    await world.advanceTo(start + days(1));
    await world.order(anOrder({ orderId: 'o-2', placedAt: start + days(1) }));
    expect((await world.customerOf('standard:c-1'))?.customer).toMatchObject({ generation: 1, history: { orders: 1 } });
  });
});

describe('an erasure by two names', () => {
  it('erases both accounts where they were not known to be one person', async () => {
    const world = await makeWorld();
    const { email, externalId, ...person } = ada;
    await world.order(
      anOrder({ orderId: 'o-1', placedAt: start - days(1), customer: { ...person, externalId: 'c-1' } }),
    );
    await world.order(
      anOrder({ orderId: 'o-2', placedAt: start - days(1), customer: { ...person, email: email ?? '' } }),
    );
    expect(externalId).toBe('c-1');
    await world.event(erasure({ externalId: 'c-1', email: 'ada@example.com' }));
    expect(textOf(world)).not.toMatch(personal);
  });
});

describe('an erasure that is carried out twice', () => {
  it('does not keep mail from a life that began in between with a yes', async () => {
    const world = await makeWorld({ store: { activeCampaigns: ['welcome'] } });
    const event = erasure({ externalId: 'c-1', email: 'ada@example.com' });
    await world.order(bought);
    await world.event(event);
    await world.advanceTo(start + days(1));
    const consent = { state: 'granted', at: start + hours(20), basis: 'express', source: 'checkout' } as const;
    await world.order(anOrder({ orderId: 'o-2', placedAt: start + days(1), customer: { ...ada, consent } }));
    // The queue tells the same request again: what it was asked to do was done, and was not yet ticked off.
    await world.event({ ...event, eventId: 'erase-1-again' });
    await world.advanceTo(start + days(12));
    expect(world.mails.map(({ to }) => to)).toEqual(['ada@example.com']);
  });
});

describe('a merge and the deletion of the losing account, which nobody had seen', () => {
  const merge: CustomerEvent = {
    ...base,
    eventId: 'merge-1',
    body: { type: 'merge', keepExternalId: 'c-1', loseExternalId: 'c-2' },
  };
  const deletion = erasure({ externalId: 'c-2' });
  const laterAda = anOrder({ orderId: 'o-1', placedAt: start - hours(1) });

  it.each([
    ['merge, deletion', [merge, deletion]],
    ['deletion, merge', [deletion, merge]],
  ])('leaves the kept customer as they are: %s', async (_order, events) => {
    const world = await makeWorld();
    await world.order(laterAda);
    for (const event of events) await world.event(event);
    expect((await world.customerOf('standard:c-1'))?.customer).toMatchObject({ profile: { firstName: 'Ada' } });
  });

  it.each([
    ['merge, deletion', [merge, deletion]],
    ['deletion, merge', [deletion, merge]],
  ])('keeps nobody out whose history comes later: %s', async (_order, events) => {
    const world = await makeWorld();
    for (const event of events) await world.event(event);
    await world.advanceTo(start + hours(2));
    await world.order(laterAda);
    expect((await world.customerOf('standard:c-1'))?.customer).toMatchObject({
      profile: { firstName: 'Ada' },
      generation: 0,
    });
  });
});
