import { describe, expect, it } from 'vitest';
import { fitEveryStore } from '../../../functions/fit/fit-every-store.ts';
import { makeFit } from '../../../functions/fit/make-fit.ts';
import { memoryCounters } from '../../../shared/adapters/memory/memory-counters.ts';
import { memoryStoreList } from '../../../shared/adapters/memory/store/memory-store-list.ts';
import { LifecycleError } from '../../../shared/domain/errors.ts';
import { daysOfShares } from '../../../shared/domain/fit/days-of-share.ts';
import { priorFit } from '../../../shared/domain/fit/fit.ts';
import { ecommerce } from '../../../shared/domain/lifecycle/ecommerce.ts';
import { days, hours, utcDay } from '../../../shared/domain/time.ts';
import type { CustomerRoll } from '../../../shared/ports/customer-roll.ts';
import type { DefinitionStore } from '../../../shared/ports/definition-store.ts';
import { fillStore } from '../../support/filled-world.ts';
import { shopKinds, simulatedDay, simulateStore } from '../../support/simulated-store.ts';
import { makeWorld } from '../../support/world.ts';

const people = simulateStore({
  seed: 3,
  customers: 160,
  days: 360,
  ...shopKinds['coffee'],
  buying: shopKinds['coffee']?.buying ?? { type: 'yearly', dayOfYear: 1, spreadDays: 1, returnShare: 1 },
});
/** 2023-12-27, 04:00 UTC: neither the 1st nor near one. */
const now = simulatedDay(360) + hours(4);
const first = Date.UTC(2024, 0, 1, 3, 17);

const filled = async (options: Readonly<{ excluded?: (n: number) => boolean }> = {}) => {
  const world = await makeWorld();
  await fillStore(world.deps.customers, world.store, people, { now, ...options });
  return { ...world, deps: { ...world.deps, rebasePerMinute: 1_000 } };
};

describe('a fit', () => {
  it('is made from every customer but the excluded, saved, and taken over where many would move', async () => {
    const { deps, store } = await filled({ excluded: (n) => n % 10 === 0 });
    const seen: string[] = [];
    const outcome = await makeFit(deps, store, { now, progress: (done, of) => seen.push(`${done}/${of}`) });
    expect(outcome).toMatchObject({ type: 'adopted', why: 'many-move', asked: 144, total: 144 });
    expect(outcome.made.customers).toBe(144);
    expect(outcome.moves).toBeGreaterThan(0.02 * 144);
    expect(seen.at(-1)).toBe('144/144');
    expect(await deps.definitions.adoption('demo')).toMatchObject({ lifecycle: 1, fit: 1, at: now });
    expect((await deps.definitions.fits('demo'))[0]).toMatchObject({ madeAt: now, customers: 144 });
    // A shop where people come back each month is silent sooner than the prior has it.
    expect(daysOfShares(outcome.made.fit)[0]?.days[2]).toBeLessThan(daysOfShares(priorFit('normal'))[0]?.days[2] ?? 0);
  });

  it('that moves a threshold by more than a quarter has everybody looked at again', async () => {
    const { deps, store } = await filled();
    const outcome = await makeFit(deps, store, { now, adopt: true });
    expect(outcome).toMatchObject({ type: 'adopted', why: 'asked', rebase: { lifecycle: 1, fit: 1, total: 160 } });
    expect(await deps.rebases.load('demo')).toMatchObject({ fit: 1, perMinute: 1_000 });
  });

  it('that says the same as the one in force is kept, so that the next night knows of it, and not taken over', async () => {
    const { deps, store } = await filled();
    await makeFit(deps, store, { now, adopt: true });
    expect(await makeFit(deps, store, { now: now + hours(1) })).toMatchObject({ type: 'unchanged' });
    expect(await deps.definitions.newestFit('demo')).toMatchObject({ fit: { version: 2 }, madeAt: now + hours(1) });
    expect(await deps.definitions.adoption('demo')).toMatchObject({ fit: 1 });
  });

  it('is only proposed where the lifecycle says never, and taken over when asked', async () => {
    const { deps, store } = await filled();
    await deps.definitions.saveLifecycle('demo', {
      lifecycle: { ...ecommerce, version: 2, adopt: 'never' },
      savedAt: now,
    });
    await deps.definitions.adopt('demo', { version: 1, lifecycle: 2, fit: 0, at: now });
    expect(await makeFit(deps, store, { now: first })).toMatchObject({ type: 'proposed', why: 'never' });
    expect(await deps.definitions.adoption('demo')).toMatchObject({ lifecycle: 2, fit: 0, proposedFit: 1 });
    expect(await makeFit(deps, store, { now: first + hours(1), adopt: true })).toMatchObject({ type: 'adopted' });
    expect(await deps.definitions.adoption('demo')).toEqual({ version: 3, lifecycle: 2, fit: 2, at: first + hours(1) });
  });

  it('of two made at once is kept once', async () => {
    const { deps, store } = await filled();
    const both = await Promise.all([makeFit(deps, store, { now }), makeFit(deps, store, { now })]);
    expect(both.map(({ type }) => type).toSorted()).toEqual(['adopted', 'overtaken']);
    expect(await deps.definitions.fits('demo')).toHaveLength(1);
  });

  it('of a store without customers says so instead of failing', async () => {
    const { deps, store } = await makeWorld();
    const outcome = await makeFit({ ...deps, rebasePerMinute: 5 }, store, { now });
    expect(outcome.made.customers).toBe(0);
    expect(outcome).toMatchObject({ asked: 0, moves: 0, total: 0 });
  });
});

describe('a night', () => {
  const night = async () => {
    const world = await filled();
    const failures: unknown[] = [];
    let pages = 0;
    const roll: CustomerRoll = {
      ...world.deps.roll,
      page: (...asked) => {
        pages += 1;
        return world.deps.roll.page(...asked);
      },
    };
    const deps = {
      ...world.deps,
      stores: memoryStoreList(world.table),
      counters: memoryCounters(world.table),
      log: { error: (_: string, fields?: unknown) => void failures.push(fields) },
    };
    await deps.catalogue.put({ ...world.store, createdAt: now - days(360) });
    return { ...world, deps: { ...deps, roll }, failures, pagesRead: () => pages };
  };
  const arrivals = async (world: Awaited<ReturnType<typeof night>>, from: number, to: number, at: number) => {
    for (let n = from; n < to; n++)
      await world.deps.customers.recordVisit('demo', `arrived-${n}`, {
        ...{ visit: 1, stage: 'new', effectiveAt: at, decidedAt: at, cause: 'order' },
        decidedUnder: { lifecycle: 1, fit: 0 },
      });
  };
  const madeOn = async (world: Awaited<ReturnType<typeof night>>) =>
    (await world.deps.definitions.fits('demo')).map(({ madeAt }) => utcDay(madeAt));

  it('makes one fit on the 1st, however often it runs, and none the nights after', async () => {
    const world = await night();
    await fitEveryStore(world.deps, first - days(1));
    await arrivals(world, 0, 160, first - hours(1));
    for (const at of [first, first + hours(1), first + days(1), first + days(2)])
      expect(await fitEveryStore(world.deps, at)).toEqual([]);
    expect(await madeOn(world)).toEqual(['2024-01-01']);
  });

  it('makes none of fewer than a hundred customers, not even on the 1st', async () => {
    const world = await night();
    await arrivals(world, 0, 99, first - days(40));
    await fitEveryStore(world.deps, first);
    expect(await madeOn(world)).toEqual([]);
    await arrivals(world, 99, 100, first);
    await fitEveryStore(world.deps, first + days(1));
    expect(await madeOn(world)).toEqual(['2024-01-02']);
  });

  it('makes one between when a quarter more customers came than the newest was made from', async () => {
    const world = await night();
    await arrivals(world, 0, 160, first - days(9));
    await fitEveryStore(world.deps, first);
    await arrivals(world, 160, 199, first + days(2));
    await fitEveryStore(world.deps, first + days(3));
    expect(world.pagesRead()).toBe(64);
    await arrivals(world, 199, 200, first + days(3));
    await fitEveryStore(world.deps, first + days(4));
    expect(world.pagesRead()).toBe(2 * 64);
  });

  it("goes on with the other stores when one fails, and tells of it with the store's id and a code", async () => {
    const world = await night();
    await arrivals(world, 0, 160, first - days(9));
    await world.deps.catalogue.put({ ...world.store, id: 'a-broken' });
    const broken = new LifecycleError('store.corrupt-item', 'cannot read', { pk: 'S#a-broken', sk: 'FIT', field: 'n' });
    const definitions: DefinitionStore = {
      ...world.deps.definitions,
      newestFit: async (store) => {
        if (store === 'a-broken') throw broken;
        return world.deps.definitions.newestFit(store);
      },
    };
    expect(await fitEveryStore({ ...world.deps, definitions }, first)).toEqual([broken]);
    expect(world.failures).toEqual([{ store: 'a-broken', code: 'store.corrupt-item' }]);
    expect(await madeOn(world)).toEqual(['2024-01-01']);
  });
});
