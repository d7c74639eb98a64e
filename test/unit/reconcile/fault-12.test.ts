import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startReconcile } from '../../../functions/definitions/start-reconcile.ts';
import { memoryCounters } from '../../../shared/adapters/memory/memory-counters.ts';
import type { Customer } from '../../../shared/domain/customers/customer.ts';
import type { CustomerEvent } from '../../../shared/domain/intake/intake.ts';
import type { Order } from '../../../shared/domain/orders/order.ts';
import { days, type EpochMs, hours, minutes, utcDay } from '../../../shared/domain/time.ts';
import { start } from '../../support/customers.ts';
import { ada, anOrder, makeWorld } from '../../support/world.ts';

type World = Awaited<ReturnType<typeof makeWorld>>;
type Reader = 'react' | 'relay';

const both: readonly Reader[] = ['react', 'relay'];
const person = (n: number) => ({ ...ada, externalId: `c-${n}`, email: `p${n}@example.com` });
const orderOf = (n: number, orderId: string, placedAt: EpochMs, change: Partial<Order> = {}): Order =>
  anOrder({ orderId, placedAt, customer: person(n), ...change });

/** Readers are down for a time in which things happen; then the stream has forgotten what they did not read. */
const outage = async (
  world: World,
  { readers = both, forMs }: Readonly<{ readers?: readonly Reader[]; forMs: number }>,
  meanwhile: () => Promise<void>,
): Promise<EpochMs> => {
  const beganAt = world.now();
  world.setDown(readers);
  await meanwhile();
  await world.advanceTo(beganAt + forMs);
  world.trimStream(readers);
  world.setDown([]);
  return beganAt;
};

const reconciled = async (world: World, since?: EpochMs) => {
  await startReconcile(world.deps, 'demo', { now: world.now(), since, total: 10 });
  await world.advanceTo(world.now() + minutes(10));
  const reconcile = await world.deps.reconciles.load('demo');
  expect(reconcile?.finishedAt).toBeDefined();
  return reconcile;
};

const customersIn = ({ table }: World): readonly Customer[] =>
  [...table.rows()].flatMap((row) => (row.entity === 'CUSTOMER' ? [row.value] : []));

/** Customers by stage as the counters say, and as they stand. */
const populations = async (world: World) => {
  const counted: Record<string, number> = {};
  const rows = await memoryCounters(world.table).read('demo', 'stage', '2020-01-01', utcDay(world.now()));
  for (const { counts } of rows)
    for (const [stage, n] of Object.entries(counts)) counted[stage] = (counted[stage] ?? 0) + n;
  const standing: Record<string, number> = {};
  for (const { stage, visit, mergedInto, erasedAt } of customersIn(world)) {
    if (visit === 0) continue;
    const at = mergedInto !== undefined ? 'merged' : erasedAt !== undefined ? 'erased' : stage;
    standing[at] = (standing[at] ?? 0) + 1;
  }
  return { counted: Object.fromEntries(Object.entries(counted).filter(([, n]) => n !== 0)), standing };
};

/** All that matters of the table: not the places of rounds, and not who was marked when. */
const essence = ({ table }: World): string[] =>
  [...table.rows()]
    .flatMap((row) => {
      if (row.entity === 'RECONCILE') return [];
      if (row.entity !== 'CUSTOMER') return [JSON.stringify([row.key, row.value, row.due])];
      const { version: _version, retoldAt: _retoldAt, ...customer } = row.value;
      return [JSON.stringify([row.key, customer, row.due])];
    })
    .sort();

describe('fault 12: the stream was trimmed while its readers were down', () => {
  it('an order of somebody who was never seen is found, and its campaign goes as planned', async () => {
    const world = await makeWorld();
    await outage(world, { forMs: hours(30) }, () => world.order(orderOf(1, 'o-1', start)));
    await world.advanceTo(world.now() + days(1));
    expect(await world.customerOf('standard:c-1')).toBeUndefined();

    expect(await reconciled(world)).toMatchObject({ customers: 0, arrivals: 1 });
    const file = await world.customerOf('standard:c-1');
    expect(file?.customer).toMatchObject({ stage: 'new', visit: 1, cause: 'order', since: start });
    expect(await populations(world)).toEqual({ counted: { new: 1 }, standing: { new: 1 } });
    await world.advanceTo(start + days(8));
    expect(world.mails.map(({ tags }) => tags['campaign'])).toEqual(['welcome']);
  });

  it('what is long past moves people, and mails nobody', async () => {
    const world = await makeWorld();
    const until = start + days(20);
    await outage(world, { forMs: days(20) }, async () => {
      await world.order(orderOf(1, 'o-1', start));
      await world.order(orderOf(2, 'o-2', start));
      await world.order(orderOf(2, 'o-3', start + days(2), { updatedAt: start + days(2) }));
    });
    await reconciled(world);
    for (const n of [1, 2])
      expect((await world.customerOf(`standard:c-${n}`))?.customer).toMatchObject({ cause: 'import', visit: 1 });
    await world.advanceTo(until + days(20));
    expect(world.mails).toEqual([]);
  });

  it('a stage nobody was told of is told with the visit as it was, and counted once', async () => {
    const world = await makeWorld();
    const beganAt = await outage(world, { readers: ['relay'], forMs: hours(30) }, () =>
      world.order(orderOf(1, 'o-1', start)),
    );
    const before = await world.customerOf('standard:c-1');
    expect([before?.customer?.stage, before?.visits]).toEqual(['new', []]);
    expect((await populations(world)).counted).toEqual({});

    expect(await reconciled(world, beganAt)).toMatchObject({ customers: 1 });
    const after = await world.customerOf('standard:c-1');
    expect(after?.visits).toMatchObject([{ visit: 1, stage: 'new', cause: 'order', decidedAt: start }]);
    expect(after?.enrolments).toMatchObject([{ campaign: 'welcome' }]);
    expect(await populations(world)).toEqual({ counted: { new: 1 }, standing: { new: 1 } });
    await world.advanceTo(start + days(8));
    expect(world.mails.map(({ tags }) => tags['campaign'])).toEqual(['welcome']);
  });

  it('a visit of long ago is told for the figures, and its mail is not made up for', async () => {
    const world = await makeWorld();
    await outage(world, { readers: ['relay'], forMs: days(20) }, () => world.order(orderOf(1, 'o-1', start)));
    await reconciled(world);
    const file = await world.customerOf('standard:c-1');
    expect(file?.visits[0]).toMatchObject({ visit: 1, stage: 'new' });
    expect([file?.enrolments, file?.sends]).toEqual([[], []]);
    await world.advanceTo(world.now() + days(10));
    expect(world.mails).toEqual([]);
  });

  it('events, merges and erasures are found too', async () => {
    const world = await makeWorld();
    const event = (eventId: string, body: CustomerEvent['body']): CustomerEvent => ({
      ...({ store: 'demo', source: 'standard', eventId, at: world.now() } as const),
      body,
    });
    for (const n of [1, 2, 3]) await world.order(orderOf(n, `o-${n}`, start));
    await world.advanceTo(start + days(2));
    const beganAt = await outage(world, { forMs: hours(30) }, async () => {
      await world.event(event('e-1', { type: 'customer', customer: person(4) }));
      await world.event(event('e-2', { type: 'merge', keepExternalId: 'c-1', loseExternalId: 'c-2' }));
      await world.event(event('e-3', { type: 'erase', externalId: 'c-3', email: 'p3@example.com' }));
    });
    expect(await reconciled(world, beganAt)).toMatchObject({ arrivals: 3 });
    expect((await world.customerOf('standard:c-4'))?.customer?.consent?.state).toBe('granted');
    expect(customersIn(world).filter(({ mergedInto }) => mergedInto !== undefined)).toHaveLength(1);
    expect((await world.customerOf('standard:c-3'))?.customer?.erasedAt).toBeDefined();
    const { counted, standing } = await populations(world);
    expect(counted).toEqual(standing);
    expect(Object.keys(counted).sort()).toEqual(['erased', 'lead', 'merged', 'new']);
  });

  it('who was merged or erased while relay was down leaves their stage in the counters', async () => {
    const world = await makeWorld();
    for (const n of [1, 2, 3]) await world.order(orderOf(n, `o-${n}`, start));
    await world.advanceTo(start + days(2));
    const at = world.now();
    const of = { store: 'demo', source: 'standard', at } as const;
    const beganAt = await outage(world, { readers: ['relay'], forMs: hours(30) }, async () => {
      await world.event({
        ...of,
        eventId: 'e-2',
        body: { type: 'merge', keepExternalId: 'c-1', loseExternalId: 'c-2' },
      });
      await world.event({ ...of, eventId: 'e-3', body: { type: 'erase', externalId: 'c-3', email: 'p3@example.com' } });
    });
    expect((await populations(world)).counted).toEqual({ new: 3 });
    await reconciled(world, beganAt);
    const { counted, standing } = await populations(world);
    expect(counted).toEqual(standing);
  });

  it('what no restore may undo reaches the log that restores replay', async () => {
    const world = await makeWorld();
    for (const n of [1, 2]) await world.order(orderOf(n, `o-${n}`, start));
    const id = (await world.customerOf('standard:c-2'))?.customer?.customerId ?? '';
    await outage(world, { readers: ['relay'], forMs: hours(30) }, async () => {
      const of = { store: 'demo', source: 'standard', at: world.now() } as const;
      await world.event({ ...of, eventId: 'e-1', body: { type: 'erase', externalId: 'c-1', email: 'p1@example.com' } });
      await world.deps.customers.restrictContact('demo', id, { optedOutAt: world.now() });
    });
    const types = async () => {
      const { entries } = await world.deps.erasureLog.page('demo', { limit: 100 });
      return entries.map(({ type }) => type);
    };
    expect(await types()).toEqual([]);
    await reconciled(world);
    expect(await types()).toEqual(expect.arrayContaining(['erasure', 'withdrawal']));
  });

  it('a second reconciliation changes nothing', async () => {
    const world = await makeWorld();
    await world.order(orderOf(1, 'o-1', start));
    await outage(world, { forMs: hours(30) }, async () => {
      await world.order(orderOf(1, 'o-2', start + hours(2)));
      await world.order(orderOf(2, 'o-3', start + hours(2)));
    });
    await reconciled(world);
    const [once, mailed] = [essence(world), world.mails.length];
    const second = await reconciled(world);
    expect(second).toMatchObject({ customers: 2, arrivals: 3 });
    expect(essence(world)).toEqual(once);
    expect(world.mails).toHaveLength(mailed);
  });

  it('where nothing was lost, reconciling changes nothing', async () => {
    const world = await makeWorld();
    for (const n of [1, 2]) await world.order(orderOf(n, `o-${n}`, start));
    await world.advanceTo(start + days(3));
    const before = essence(world);
    await reconciled(world);
    expect(essence(world)).toEqual(before);
  });
});

describe('fault 12, whenever it strikes', () => {
  const anyStep = fc.record({
    who: fc.integer({ min: 1, max: 3 }),
    afterMs: fc.integer({ min: 0, max: 40 }).map(hours),
    what: fc.constantFrom('order', 'order', 'order', 'cancel', 'merge', 'erase', 'sign-up'),
    lost: fc.constantFrom<readonly Reader[]>([], [], ['react'], ['relay'], both),
  });
  type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

  const happen = async (world: World, { who, what }: Step, n: number): Promise<void> => {
    const of = { store: 'demo', source: 'standard', at: world.now(), eventId: `e-${n}` } as const;
    const placedAt = world.now();
    switch (what) {
      case 'order':
        return world.order(orderOf(who, `o-${n}`, placedAt));
      case 'cancel':
        return world.order(orderOf(who, `first-${who}`, start, { status: 'cancelled', updatedAt: placedAt }));
      case 'merge':
        return world.event({ ...of, body: { type: 'merge', keepExternalId: 'c-1', loseExternalId: 'c-2' } });
      case 'erase':
        return world.event({ ...of, body: { type: 'erase', externalId: `c-${who}`, email: `p${who}@example.com` } });
      case 'sign-up':
        return world.event({ ...of, body: { type: 'customer', customer: person(who) } });
    }
  };

  it('everybody stands where they would, and the counters say so', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 10 }), async (steps) => {
        const world = await makeWorld();
        for (const n of [1, 2]) await world.order(orderOf(n, `first-${n}`, start));
        for (const [n, step] of steps.entries()) {
          await world.advanceTo(world.now() + step.afterMs);
          world.setDown(step.lost);
          await happen(world, step, n);
          world.trimStream(step.lost);
          world.setDown([]);
        }
        await world.advanceTo(world.now() + hours(30));
        await reconciled(world);
        await reconciled(world);
        const { counted, standing } = await populations(world);
        expect(counted).toEqual(standing);
        expect([...world.table.rows()].filter(({ entity }) => entity === 'EVENT')).toEqual([]);
        for (const row of world.table.rows()) {
          if (row.entity !== 'ORDER' || row.value.order.customer === undefined) continue;
          const { externalId } = row.value.order.customer;
          const file = await world.customerOf(`standard:${externalId}`);
          expect(file?.customer).toBeDefined();
        }
      }),
      { numRuns: 60 },
    );
  });
});
