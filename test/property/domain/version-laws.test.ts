import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesBetween } from '../../../shared/domain/customers/changes-between.ts';
import { noContact } from '../../../shared/domain/customers/contact.ts';
import type { Customer } from '../../../shared/domain/customers/customer.ts';
import { lookAtCustomer } from '../../../shared/domain/customers/look-at-customer.ts';
import { isOlder } from '../../../shared/domain/definitions/adoption.ts';
import { foldOrders } from '../../../shared/domain/facts/fold-orders.ts';
import { subjectOf } from '../../../shared/domain/facts/subject.ts';
import type { Fit } from '../../../shared/domain/fit/fit.ts';
import type { Lifecycle } from '../../../shared/domain/lifecycle/lifecycle.ts';
import { stageOf } from '../../../shared/domain/lifecycle/stage-of.ts';
import type { OrderRow } from '../../../shared/domain/orders/order-row.ts';
import { days, hours } from '../../../shared/domain/time.ts';
import { anyFit, anyLifecycle } from '../../support/any-definitions.ts';
import { anyGaps, placedByGaps, policy, rowsAt, start } from '../../support/customers.ts';
import { shop } from '../../support/world.ts';

type Definitions = Readonly<{ lifecycle: Lifecycle; fit: Fit }>;
type Happening =
  | Readonly<{ type: 'order'; at: number; row: OrderRow }>
  | Readonly<{ type: 'publish' | 'refit' | 'doorbell'; at: number }>;

/** Orders, doorbells without cause, new fits, and new lifecycles followed by their rebase, over some years. */
const anyLife = fc
  .record({
    gaps: anyGaps,
    lifecycles: fc.array(anyLifecycle, { minLength: 4, maxLength: 4 }),
    fits: fc.array(anyFit, { minLength: 4, maxLength: 4 }),
    changes: fc.array(
      fc.tuple(fc.constantFrom('publish', 'refit', 'refit', 'doorbell'), fc.double({ min: 0, max: 1, noNaN: true })),
      { maxLength: 9 },
    ),
    skewMs: fc.array(fc.integer({ min: -hours(2), max: hours(2) }), { minLength: 40, maxLength: 40 }),
  })
  .map(({ gaps, lifecycles, fits, changes, skewMs }) => {
    const rows = rowsAt(...placedByGaps(gaps));
    const end = (rows.at(-1)?.placedAt ?? start) + days(500);
    const happenings: Happening[] = [
      ...rows.map((row) => ({ type: 'order' as const, at: row.placedAt, row })),
      ...changes.map(([type, part]) => ({
        type: type as 'publish',
        at: Math.floor(start + part * (end - start)),
      })),
    ];
    return {
      happenings: happenings.sort((a, b) => a.at - b.at),
      lifecycles: lifecycles.map((lifecycle, n) => ({ ...lifecycle, version: n + 1 })),
      fits: fits.map((fit, n) => ({ ...fit, version: n })),
      skewMs,
      end,
    };
  });

type Life = typeof anyLife extends fc.Arbitrary<infer T> ? T : never;
type Looked = Readonly<{
  now: number;
  before?: Customer;
  after: Customer;
  under: Definitions;
  rows: readonly OrderRow[];
}>;

/** Looks as react does: at every arrival, wake and rebase, under what is adopted and never under older versions. */
const live = ({ happenings, lifecycles, fits, skewMs, end }: Life, skewed = false): readonly Looked[] => {
  const looks: Looked[] = [];
  const versions = { lifecycle: 0, fit: 0 };
  let customer: Customer | undefined;
  let known: OrderRow[] = [];
  let turn = 0;
  const at = (n: { lifecycle: number; fit: number }): Definitions => ({
    lifecycle: lifecycles[n.lifecycle - 1] as Lifecycle,
    fit: fits[n.fit] as Fit,
  });
  const look = (trueNow: number): void => {
    const now = skewed && trueNow !== end ? trueNow + (skewMs[turn++ % skewMs.length] ?? 0) : trueNow;
    const under = at({ lifecycle: versions.lifecycle + 1, fit: versions.fit });
    const previous = customer === undefined ? undefined : at(customer.decidedUnder);
    const differs = previous !== undefined && (previous.lifecycle !== under.lifecycle || previous.fit !== under.fit);
    const { customer: after } = lookAtCustomer({
      ...{ store: shop, ...under, customerId: 'c', customer, contact: noContact, now },
      ...{ orderRows: known, enrolments: [], arrivals: [], aliases: [] },
      ...(differs ? { previous } : {}),
    });
    if (after === undefined) return;
    looks.push({ now, ...(customer === undefined ? {} : { before: customer }), after, under, rows: known });
    customer = after;
  };
  for (const happening of [...happenings, { type: 'doorbell' as const, at: end }]) {
    for (let wake = customer?.wakeAt; wake !== undefined && wake <= happening.at; wake = customer?.wakeAt) {
      const seen = looks.length;
      look(wake);
      if (looks.length === seen || customer?.wakeAt === wake) break;
    }
    if (happening.type === 'order') known = [...known, happening.row];
    if (happening.type === 'publish') versions.lifecycle = Math.min(versions.lifecycle + 1, lifecycles.length - 1);
    if (happening.type === 'refit') versions.fit = Math.min(versions.fit + 1, fits.length - 1);
    if (happening.type !== 'refit') look(happening.at);
  }
  return looks;
};

const stageUnder = ({ lifecycle, fit }: Definitions, rows: readonly OrderRow[], at: number): string =>
  stageOf(lifecycle, subjectOf({ history: foldOrders(rows, policy, at), profile: {} }, shop, fit), at);

describe('a life through refits, publications and their rebases', () => {
  it('stands at every instant where the versions it was decided under put it', () => {
    fc.assert(
      fc.property(anyLife, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5 }), (life, within) => {
        const looks = live(life);
        for (const [n, { now, after, under, rows }] of looks.entries()) {
          const until = Math.min(looks[n + 1]?.now ?? life.end, after.wakeAt ?? life.end);
          expect(after.stage).toBe(stageUnder(under, rows, now));
          for (const part of within) {
            const at = Math.floor(now + part * Math.max(0, until - 1 - now));
            expect(stageUnder(under, rows, at)).toBe(after.stage);
          }
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it('is never decided under older versions than before', () => {
    fc.assert(
      fc.property(anyLife, (life) => {
        for (const { before, after } of live(life))
          if (before !== undefined) expect(isOlder(after.decidedUnder, before.decidedUnder)).toBe(false);
      }),
    );
  });

  it('moves with cause rebase exactly when only new versions explain the move, and then fires nothing', () => {
    fc.assert(
      fc.property(anyLife, ({ fits, lifecycles, ...life }) => {
        for (const { before, after, rows, now } of live({ fits, lifecycles, ...life })) {
          if (before === undefined || after.visit === before.visit) continue;
          const { lifecycle, fit } = before.decidedUnder;
          const old = { lifecycle: lifecycles[lifecycle - 1] as Lifecycle, fit: fits[fit] as Fit };
          expect(after.cause === 'rebase').toBe(
            (after.decidedUnder.lifecycle !== lifecycle || after.decidedUnder.fit !== fit) &&
              stageUnder(old, rows, now) === before.stage,
          );
          const { visit, facts } = changesBetween(before, after);
          if (after.cause === 'rebase') expect(visit?.dueAt).toBeUndefined();
          expect(facts.find(({ type }) => type === 'stage-changed')).toMatchObject({ cause: after.cause });
        }
      }),
      { numRuns: 1_500 },
    );
  });

  it('comes to the same end on clocks that are hours apart and run back and forth', () => {
    fc.assert(
      fc.property(anyLife, (life) => {
        const standing = (looks: readonly Looked[]) => {
          const last = looks.at(-1)?.after;
          return (
            last && {
              stage: last.stage,
              wakeAt: last.wakeAt,
              history: { ...last.history, fresh: [] },
              under: last.decidedUnder,
            }
          );
        };
        expect(standing(live(life, true))).toEqual(standing(live(life)));
      }),
      { numRuns: 1_000 },
    );
  });
});
