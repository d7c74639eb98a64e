import { expect, it } from 'vitest';
import { afterWalkedMinute, beginReconcile, takeWalkedPage } from '../../shared/domain/reconcile/reconcile.ts';
import { days, minutes } from '../../shared/domain/time.ts';
import type { CustomerStore } from '../../shared/ports/customer-store.ts';
import type { IntakeStore } from '../../shared/ports/order-store.ts';
import type { Doorbell, Reconciles, TablePlace, TableWalk } from '../../shared/ports/reconciles.ts';
import type { StoreCatalogue } from '../../shared/ports/store-settings.ts';
import { sampleCustomer, sampleNow, sampleOrder } from '../support/samples.ts';
import { ada, shop } from '../support/world.ts';

/** Every store of reconciliations keeps these rules. */
export const reconcilesContract = (open: () => Promise<Reconciles>): void => {
  const first = beginReconcile(undefined, { now: sampleNow, since: 5, total: 90, perMinute: 1_000 });
  const page = { found: 3, looked: 8, readUnits: 1.5, next: '["S#demo#O#standard:1","ORDER"]' };

  it('keeps one for each store at its place; of two writers one is told it is stale', async () => {
    const reconciles = await open();
    expect(await reconciles.load('demo')).toBeUndefined();
    expect(await reconciles.save('demo', first)).toEqual({ type: 'saved' });
    expect(await reconciles.save('demo', first)).toEqual({ type: 'stale' });
    const taken = takeWalkedPage(first, page, { hand: 9, look: 9 });
    const next = afterWalkedMinute(taken.reconcile, false, sampleNow);
    expect(await reconciles.save('demo', next)).toEqual({ type: 'saved' });
    expect(await reconciles.save('demo', next)).toEqual({ type: 'stale' });
    expect(await reconciles.load('demo')).toEqual(next);
    expect(await reconciles.load('other')).toBeUndefined();
  });

  it('lists those that go on, the earliest first, and no finished one', async () => {
    const reconciles = await open();
    await reconciles.save('late', { ...first, dueAt: sampleNow + minutes(9) });
    await reconciles.save('early', { ...first, dueAt: sampleNow - minutes(9) });
    await reconciles.save('demo', first);
    const finished = afterWalkedMinute({ ...first, walk: 'arrivals', items: 8 }, true, sampleNow);
    await reconciles.save('demo', finished);
    expect(await reconciles.load('demo')).toEqual(finished);
    expect((await reconciles.waiting()).map(({ store }) => store)).toEqual(['early', 'late']);
  });
};

type Tables = Readonly<{
  customers: CustomerStore;
  intake: IntakeStore;
  catalogue: StoreCatalogue;
  walk: TableWalk;
}>;

const everything = async (
  walk: TableWalk,
  place: TablePlace,
): Promise<Readonly<{ found: string[]; looked: number }>> => {
  const found: Doorbell[] = [];
  let looked = 0;
  let after: string | undefined;
  do {
    const page = await walk.page('demo', { ...place, after });
    expect(page.looked).toBeLessThanOrEqual(place.limit);
    expect(page.found.length).toBeLessThanOrEqual(page.looked);
    found.push(...page.found);
    looked += page.looked;
    after = page.next;
  } while (after !== undefined);
  return { found: found.map((call) => JSON.stringify(call)).sort(), looked };
};

const customer = (id: string) => JSON.stringify({ type: 'customer', store: 'demo', customer: id });
const order = (orderId: string) => ({ type: 'order', key: { store: 'demo', source: 'standard', orderId } });
const sorted = (...calls: readonly object[]) => calls.map((call) => JSON.stringify(call)).sort();

/** Every walk through the table keeps these rules. */
export const tableWalkContract = (open: () => Promise<Tables>): void => {
  const key = { store: 'demo', source: 'standard' } as const;
  const body = { type: 'customer', customer: ada } as const;
  const recentAt = sampleNow - days(1);
  const oldAt = sampleNow - days(400);

  const filled = async () => {
    const tables = await open();
    const { customers, intake, catalogue } = tables;
    await catalogue.put(shop);
    for (const [id, change] of Object.entries({
      ...{ recent: { decidedAt: recentAt }, old: { decidedAt: oldAt } },
      ...{ gone: { decidedAt: oldAt, erasedAt: recentAt }, alias: { decidedAt: oldAt, mergedInto: 'old' } },
    }))
      await customers.save(sampleCustomer({ customerId: id, ...change }));
    await customers.save(sampleCustomer({ customerId: 'elsewhere', store: 'demo2' }));
    await customers.putOrderRow('demo', 'recent', {
      ...{ key: 'standard:9', version: '1', status: 'paid', kind: 'one_time', channel: 'online', test: false },
      ...{ placedAt: oldAt, totalMinor: 1, refundedMinor: 0, besidesMinor: 0 },
    });
    await intake.putOrder(sampleOrder({ ...key, orderId: 'a#b:1', updatedAt: recentAt }), '1');
    await intake.putOrder(sampleOrder({ ...key, orderId: 'old', updatedAt: oldAt }), '1');
    await intake.putOrder(sampleOrder({ ...key, store: 'demo2', orderId: 'elsewhere' }), '1');
    await intake.putRefund({ ...key, orderId: 'no-order-yet', refundId: 'r', amountMinor: 5, at: recentAt });
    await intake.putEvent({ ...key, eventId: 'waits', at: oldAt, body });
    await intake.putEvent({ ...key, eventId: 'applied', at: recentAt, body });
    await intake.dropEvent('demo', 'standard', 'applied');
    return tables;
  };
  const waits = { type: 'event', ...key, eventId: 'waits' };

  it.each([1, 2, 5, 1_000])(
    'finds what has a doorbell in the store, and nothing else, %i items at a time',
    async (limit) => {
      const { walk } = await filled();
      const people = await everything(walk, { walk: 'customers', limit });
      expect(people.found).toEqual(['alias', 'gone', 'old', 'recent'].map(customer));
      const arrivals = await everything(walk, { walk: 'arrivals', limit });
      expect(arrivals.found).toEqual(sorted(order('a#b:1'), order('no-order-yet'), order('old'), waits));
      expect(arrivals.looked).toBe(people.looked);
    },
  );

  it('passes over what is dated before, but for merges and events nobody applied', async () => {
    const { walk } = await filled();
    const since = sampleNow - days(2);
    const people = await everything(walk, { walk: 'customers', since, limit: 1_000 });
    expect(people.found).toEqual(['alias', 'gone', 'recent'].map(customer));
    const arrivals = await everything(walk, { walk: 'arrivals', since, limit: 1_000 });
    expect(arrivals.found).toEqual(sorted(order('a#b:1'), order('no-order-yet'), waits));
  });

  it('says what it read', async () => {
    const { walk } = await filled();
    expect((await walk.page('demo', { walk: 'customers', limit: 1_000 })).readUnits).toBeGreaterThan(0);
  });
};
