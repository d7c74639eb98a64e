import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  afterWalkedMinute,
  beginReconcile,
  covers,
  datedSince,
  type Reconcile,
  takeWalkedPage,
  walkAllowanceOf,
} from '../../../shared/domain/reconcile/reconcile.ts';
import { days, minutes } from '../../../shared/domain/time.ts';

type Item = 'customer' | 'arrival' | 'other';
const itemOf = { customers: 'customer', arrivals: 'arrival' } as const;

/** Runs a reconciliation over a table to its end, minute by minute, and says what each minute handed on. */
const run = (table: readonly Item[], perMinute: number, pageLimit: number, interrupted: () => boolean) => {
  let reconcile = beginReconcile(undefined, { now: 0, total: 3, perMinute });
  const handed: Record<Reconcile['walk'], number[][]> = { customers: [], arrivals: [] };
  for (let minute = 0; reconcile.dueAt !== undefined && minute < 5_000; minute++) {
    const now = reconcile.dueAt;
    let worked = { reconcile, allowed: walkAllowanceOf(reconcile), isThrough: false };
    const { walk } = reconcile;
    const places: number[] = [];
    while (!worked.isThrough && worked.allowed.hand > 0 && worked.allowed.look > 0) {
      const from = Number(worked.reconcile.after ?? 0);
      const limit = Math.min(pageLimit, worked.allowed.hand, worked.allowed.look);
      const to = Math.min(table.length, from + limit);
      const found = table.flatMap((item, n) => (n >= from && n < to && item === itemOf[walk] ? [n] : []));
      places.push(...found);
      const page = {
        found: found.length,
        looked: to - from,
        readUnits: 0.5,
        ...(to < table.length && { next: String(to) }),
      };
      worked = takeWalkedPage(worked.reconcile, page, worked.allowed);
    }
    handed[walk].push(places);
    // A minute whose place was not written down is walked once more.
    if (!interrupted()) reconcile = afterWalkedMinute(worked.reconcile, worked.isThrough, now);
  }
  return { reconcile, handed };
};

const anyTable = fc.array(fc.constantFrom<Item>('customer', 'arrival', 'other'), { maxLength: 60 });
const few = fc.integer({ min: 1, max: 7 });

it('rings for everybody once, then for every arrival once, never faster than it may', () => {
  fc.assert(
    fc.property(anyTable, few, few, (table, perMinute, limit) => {
      const { reconcile, handed } = run(table, perMinute, limit, () => false);
      const at = (kind: Item) => table.flatMap((item, n) => (item === kind ? [n] : []));
      expect(handed.customers.flat()).toEqual(at('customer'));
      expect(handed.arrivals.flat()).toEqual(at('arrival'));
      for (const minute of [...handed.customers, ...handed.arrivals])
        expect(minute.length).toBeLessThanOrEqual(perMinute);
      expect(reconcile).toMatchObject({ customers: at('customer').length, arrivals: at('arrival').length });
      expect([reconcile.items, reconcile.looked]).toEqual([table.length, table.length]);
      expect(reconcile.finishedAt).toBeGreaterThanOrEqual(minutes(2));
      expect(reconcile).not.toHaveProperty('dueAt');
      expect(reconcile).not.toHaveProperty('after');
    }),
  );
});

it('passes over nothing when minutes are cut short before their place is written', () => {
  fc.assert(
    fc.property(anyTable, few, few, fc.infiniteStream(fc.boolean()), (table, perMinute, limit, cut) => {
      const { reconcile, handed } = run(table, perMinute, limit, () => cut.next().value);
      expect(new Set(handed.customers.flat()).size).toBe(table.filter((item) => item === 'customer').length);
      expect(new Set(handed.arrivals.flat()).size).toBe(table.filter((item) => item === 'arrival').length);
      expect(reconcile.finishedAt).toBeDefined();
    }),
  );
});

it('counts its writes from the one before, and begins anew only where the one under way would leave something out', () => {
  const terms = { now: 9, total: 3, perMinute: 10 };
  const everything = beginReconcile({ version: 6 }, terms);
  const recent = beginReconcile(undefined, { ...terms, since: days(5) });
  expect(everything).toMatchObject({ version: 7, startedAt: 9, dueAt: 9, walk: 'customers' });
  expect([covers(everything, undefined), covers(everything, 1)]).toEqual([true, true]);
  expect([covers(recent, undefined), covers(recent, days(4)), covers(recent, days(5))]).toEqual([false, false, true]);
  expect(covers(afterWalkedMinute({ ...everything, walk: 'arrivals' }, true, 10), undefined)).toBe(false);
});

it('reaches a day behind the outage, because shops deliver that late', () => {
  const terms = { now: 9, total: 3, perMinute: 10 };
  expect(datedSince(beginReconcile(undefined, { ...terms, since: days(5) }))).toBe(days(4));
  expect(datedSince(beginReconcile(undefined, terms))).toBeUndefined();
});
