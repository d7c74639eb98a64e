import { expect, it } from 'vitest';
import { beginRebase } from '../../shared/domain/definitions/rebase.ts';
import { minutes } from '../../shared/domain/time.ts';
import type { CustomerRoll, RollEntry } from '../../shared/ports/customer-roll.ts';
import type { CustomerStore } from '../../shared/ports/customer-store.ts';
import type { Rebases } from '../../shared/ports/rebases.ts';
import type { StoreList } from '../../shared/ports/store-list.ts';
import type { StoreCatalogue } from '../../shared/ports/store-settings.ts';
import { sampleCustomer, sampleNow } from '../support/samples.ts';
import { shop } from '../support/world.ts';

type Stores = Readonly<{ catalogue: StoreCatalogue; stores: StoreList }>;

/** Every list of stores keeps these rules. */
export const storeListContract = (open: () => Promise<Stores>): void => {
  it('names each store once, however often its settings were saved', async () => {
    const { catalogue, stores } = await open();
    expect(await stores.stores()).toEqual([]);
    for (const id of ['pine', 'harbour', 'pine']) await catalogue.put({ ...shop, id });
    expect(await stores.stores()).toEqual(['harbour', 'pine']);
  });
};

type Customers = Readonly<{ customers: CustomerStore; roll: CustomerRoll }>;

const everybody = async (roll: CustomerRoll, limit: number): Promise<readonly RollEntry[]> => {
  const found: RollEntry[] = [];
  for (let shard = 0; shard < roll.shards; shard++) {
    let after: string | undefined;
    do {
      const page = await roll.page('demo', shard, { after, limit });
      expect(page.entries.length).toBeLessThanOrEqual(limit);
      found.push(...page.entries);
      after = page.next;
    } while (after !== undefined);
  }
  return found;
};

/** Every customer roll keeps these rules. */
export const customerRollContract = (open: () => Promise<Customers>): void => {
  it('gives everybody once, by page, with what they were decided under, and nobody merged or erased', async () => {
    const { customers, roll } = await open();
    const people = Array.from({ length: 150 }, (_, n) =>
      sampleCustomer({ customerId: `c${n}`, stage: `s${n % 3}`, decidedUnder: { lifecycle: 1 + (n % 2), fit: n } }),
    );
    const gone = [
      sampleCustomer({ customerId: 'alias', mergedInto: 'c1' }),
      sampleCustomer({ customerId: 'erased', erasedAt: sampleNow }),
      sampleCustomer({ customerId: 'elsewhere', store: 'other' }),
    ];
    await Promise.all([...people, ...gone].map((customer) => customers.save(customer)));
    for (const limit of [1, 2, 1_000]) {
      const found = await everybody(roll, limit);
      expect(found.map(({ customerId }) => customerId).toSorted()).toEqual(
        people.map(({ customerId }) => customerId).toSorted(),
      );
      for (const { customerId, stage, decidedUnder } of found)
        expect({ stage, decidedUnder }).toEqual({
          stage: `s${Number(customerId.slice(1)) % 3}`,
          decidedUnder: { lifecycle: 1 + (Number(customerId.slice(1)) % 2), fit: Number(customerId.slice(1)) },
        });
      expect(found.filter(({ sampleHash }) => sampleHash < 5_000).length).toBeGreaterThan(40);
      expect(found.filter(({ sampleHash }) => sampleHash < 5_000).length).toBeLessThan(110);
    }
  });
};

/** Every store of rebases keeps these rules. */
export const rebasesContract = (open: () => Promise<Rebases>): void => {
  const first = beginRebase({ lifecycle: 2, fit: 1 }, undefined, { now: sampleNow, total: 90, perMinute: 1_000 });

  it('keeps one for each store; of two writers one is told it is stale', async () => {
    const rebases = await open();
    expect(await rebases.load('demo')).toBeUndefined();
    expect(await rebases.save('demo', first)).toEqual({ type: 'saved' });
    expect(await rebases.save('demo', first)).toEqual({ type: 'stale' });
    const next = { ...first, version: 2, shard: 3, after: 'c1', passed: 40, handed: 12 };
    expect(await rebases.save('demo', next)).toEqual({ type: 'saved' });
    expect(await rebases.save('demo', { ...next, shard: 9 })).toEqual({ type: 'stale' });
    expect(await rebases.load('demo')).toEqual(next);
    expect(await rebases.load('other')).toBeUndefined();
  });

  it('lists those that go on, the earliest first, and no finished one', async () => {
    const rebases = await open();
    await rebases.save('late', { ...first, dueAt: sampleNow + minutes(9) });
    await rebases.save('early', { ...first, dueAt: sampleNow - minutes(9) });
    await rebases.save('demo', first);
    const { dueAt: _, ...finished } = { ...first, version: 2, finishedAt: sampleNow, left: 3 };
    await rebases.save('demo', finished);
    expect(await rebases.load('demo')).toEqual(finished);
    expect(await rebases.waiting()).toEqual([
      { store: 'early', dueAt: sampleNow - minutes(9) },
      { store: 'late', dueAt: sampleNow + minutes(9) },
    ]);
  });
};
