import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Contact } from '../../shared/domain/customers/contact.ts';
import type { LogEntry } from '../../shared/domain/restore/log-entry.ts';
import { beginRestore } from '../../shared/domain/restore/restore.ts';
import { joinEntries } from '../../shared/domain/restore/stronger.ts';
import { minutes } from '../../shared/domain/time.ts';
import type { CustomerStore } from '../../shared/ports/customer-store.ts';
import type { ErasureLog } from '../../shared/ports/erasure-log.ts';
import type { Restores } from '../../shared/ports/restores.ts';
import type { StoreCatalogue } from '../../shared/ports/store-settings.ts';
import { anyErasure, anyLoggedSuppression, anyWithdrawal } from '../support/any-log-entry.ts';
import { sampleNow } from '../support/samples.ts';
import { shop } from '../support/world.ts';

const everything = async (log: ErasureLog, store: string, limit: number): Promise<readonly LogEntry[]> => {
  const found: LogEntry[] = [];
  let after: string | undefined;
  do {
    const page = await log.page(store, { after, limit });
    expect(page.entries.length).toBeLessThanOrEqual(limit);
    found.push(...page.entries);
    after = page.next;
  } while (after !== undefined);
  return found;
};

/** Every erasure log keeps these rules. */
export const erasureLogContract = (open: () => Promise<ErasureLog>): void => {
  const erasure = {
    type: 'erasure',
    store: 'demo',
    erasedAt: 5,
    generation: 0,
    firstSeenAt: 1,
    names: ['email:h'],
  } as const;

  it('gives back what was told, joined, whatever the order and however often it was told', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(anyErasure, anyLoggedSuppression, anyWithdrawal), { minLength: 1, maxLength: 8 }),
        async (told) => {
          const log = await open();
          for (const entry of [...told, ...told.toReversed()]) await log.note(entry);
          const joined = Map.groupBy(told, ({ type }) => type);
          const expected = [...joined.values()].map((entries) => entries.reduce(joinEntries));
          const found = await everything(log, 'demo', 50);
          expect(found.toSorted((a, b) => (a.type < b.type ? -1 : 1))).toEqual(
            expected.toSorted((a, b) => (a.type < b.type ? -1 : 1)),
          );
        },
      ),
      { numRuns: 15 },
    );
  });

  it('loses nothing that is told at once', async () => {
    const log = await open();
    const names = Array.from({ length: 5 }, (_, n) => `email:${n}`);
    await Promise.all(names.map((name) => log.note({ ...erasure, customerId: 'c', names: [name] })));
    expect(await everything(log, 'demo', 10)).toEqual([{ ...erasure, customerId: 'c', names }]);
  });

  it('is paged and counted, each store for itself', async () => {
    const log = await open();
    const ids = Array.from({ length: 23 }, (_, n) => `c${n}`);
    await Promise.all(ids.map((customerId) => log.note({ ...erasure, customerId })));
    await log.note({ ...erasure, store: 'other', customerId: 'c' });
    for (const limit of [1, 10, 23, 100]) {
      const found = await everything(log, 'demo', limit);
      expect(found.map((entry) => ('customerId' in entry ? entry.customerId : '')).toSorted()).toEqual(ids.toSorted());
    }
    expect([await log.count('demo'), await log.count('other'), await log.count('nobody')]).toEqual([23, 1, 0]);
    expect(await log.page('nobody', { limit: 5 })).toEqual({ entries: [] });
  });
};

/** Every store of restores keeps these rules, beside those of any work of a store. */
export const restoresContract = (
  open: () => Promise<Readonly<{ restores: Restores; catalogue: StoreCatalogue }>>,
): void => {
  it('keeps one for each store, with all that is known of it, and lists those that go on', async () => {
    const { restores } = await open();
    const begun = beginRestore(undefined, sampleNow);
    expect(await restores.save('demo', begun)).toEqual({ type: 'saved' });
    expect(await restores.save('demo', begun)).toEqual({ type: 'stale' });
    const next = { ...begun, version: 2, step: 'sends' as const, place: 'p', total: 9, round: 1, missing: 2 };
    await restores.save('demo', next);
    expect(await restores.load('demo')).toEqual(next);
    expect(await restores.waiting()).toEqual([{ store: 'demo', dueAt: sampleNow }]);
    const { dueAt: _, ...finished } = { ...next, version: 3, finishedAt: sampleNow, left: 1 };
    await restores.save('demo', finished);
    expect([await restores.load('demo'), await restores.waiting()]).toEqual([finished, []]);
  });

  it('moves the mark forward, never back, leaves other settings alone, and makes no store', async () => {
    const { restores, catalogue } = await open();
    await catalogue.put(shop);
    for (const at of [50, 90, 70]) await restores.mark('demo', at);
    expect(await catalogue.settings('demo', sampleNow)).toEqual({ ...shop, restoredAt: 90 });
    await restores.mark('nobody', 50);
    expect(await catalogue.settings('nobody', sampleNow + minutes(5))).toBeUndefined();
  });
};

/** What a replay may do to a choice, beside what a customer does at the same moment. */
export const narrowingContract = (open: () => Promise<CustomerStore>): void => {
  const topics = ['news', 'offers', 'loyalty'];
  const contactOf = async (customers: CustomerStore): Promise<Contact> =>
    (await customers.load('demo', 'c', 'decision')).contact;

  it('leaves out more, and never what was chosen later; told again it changes nothing', async () => {
    const customers = await open();
    await customers.narrowPreferences('demo', 'c', { topicsOff: ['news'], at: 5 });
    expect(await contactOf(customers)).toMatchObject({ topicsOff: ['news'], chosenAt: 5, version: 1 });
    await customers.narrowPreferences('demo', 'c', { topicsOff: ['news'], at: 5 });
    expect((await contactOf(customers)).version).toBe(1);
    await customers.narrowPreferences('demo', 'c', { topicsOff: ['offers'], monthlySince: 4, at: 6 });
    expect(await contactOf(customers)).toMatchObject({ topicsOff: ['news', 'offers'], monthlySince: 4, version: 2 });
    await customers.putPreferences('demo', 'c', { topicsOff: [], chosenAt: 9 });
    await customers.narrowPreferences('demo', 'c', { topicsOff: ['news'], monthlySince: 4, at: 6 });
    const { topicsOff, monthlySince, chosenAt } = await contactOf(customers);
    expect([topicsOff, monthlySince, chosenAt]).toEqual([[], undefined, 9]);
  });

  it('stands beside an opt-out and a choice made at the same moment', async () => {
    for (let n = 0; n < 5; n++) {
      const customers = await open();
      await Promise.all([
        customers.narrowPreferences('demo', 'c', { topicsOff: ['news'], at: 5 }),
        customers.restrictContact('demo', 'c', { optedOutAt: 8 }),
        customers.putPreferences('demo', 'c', { topicsOff: topics, chosenAt: 9 }),
      ]);
      expect(await contactOf(customers)).toMatchObject({ optedOutAt: 8, topicsOff: topics, chosenAt: 9 });
    }
  });
};
