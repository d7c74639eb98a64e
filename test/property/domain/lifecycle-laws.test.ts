import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds, nextFlip } from '../../../shared/domain/conditions/evaluate.ts';
import { foldOrders } from '../../../shared/domain/facts/fold-orders.ts';
import { seriesInHistory, seriesOf } from '../../../shared/domain/fit/customer-series.ts';
import { ecommerce } from '../../../shared/domain/lifecycle/ecommerce.ts';
import { stageOf, timedMoves, wakeAt } from '../../../shared/domain/lifecycle/stage-of.ts';
import type { OrderRow } from '../../../shared/domain/orders/order-row.ts';
import { days } from '../../../shared/domain/time.ts';
import { anyGaps, anyRow, placedByGaps, policy, rowsAt, start, subjectWith } from '../../support/customers.ts';

const rank: Record<string, number> = {
  loyal: 5,
  won_back: 4,
  active: 4,
  new: 4,
  at_risk: 3,
  one_time: 3,
  lapsed: 2,
  lost: 1,
};
/** Which moves time alone may make, from the top down. */
const mayFallTo: Record<string, readonly string[]> = {
  lead: [],
  loyal: ['active', 'at_risk', 'lapsed', 'lost', 'won_back'],
  won_back: ['at_risk', 'lapsed', 'lost', 'one_time'],
  active: ['at_risk', 'lapsed', 'lost'],
  new: ['one_time'],
  one_time: ['lost'],
  at_risk: ['lapsed', 'lost'],
  lapsed: ['lost'],
  lost: [],
};

describe('folding orders', () => {
  it('gives the same history whatever the order of arrival, with duplicates and stale versions', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 30 }), fc.infiniteStream(fc.nat()), (rows, noise) => {
        const shuffled = [...rows, ...rows.slice(0, 3)]
          .map((row) => ({ row, key: noise.next().value as number }))
          .sort((a, b) => a.key - b.key);
        const now = start + days(1_100);
        expect(
          foldOrders(
            shuffled.map(({ row }) => row),
            policy,
            now,
          ),
        ).toEqual(foldOrders(rows, policy, now));
      }),
    );
  });

  it('keeps the series of who had few occasions, exactly as the rows tell it', () => {
    let told = 0;
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 6 }), (rows) => {
        const series = seriesInHistory(foldOrders(rows, policy, start));
        if (series !== undefined) expect(series).toEqual(seriesOf(rows, policy));
        told += series === undefined ? 0 : 1;
      }),
      { numRuns: 2_000 },
    );
    expect(told).toBeGreaterThan(200);
  });

  it('never has more occasions than counted orders, nor negative money', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 30 }), (rows) => {
        const history = foldOrders(rows, policy, start);
        expect(history.orders).toBeLessThanOrEqual(history.counted);
        expect(history.counted).toBeLessThanOrEqual(history.placed);
        expect(history.revenueMinor).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('wakes', () => {
  it('event-and-wake driving gives, at every instant, the stage that evaluating everybody all the time gives', () => {
    fc.assert(
      fc.property(
        anyGaps,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 20, maxLength: 20 }),
        (gaps, probes) => {
          const placed = placedByGaps(gaps);
          const end = (placed.at(-1) ?? start) + days(800);
          const driven = drive(placed, end);
          for (const probe of probes) {
            const at = Math.floor(start + probe * (end - start));
            const known = rowsAt(...placed).filter((row) => row.placedAt <= at);
            expect(stageAt(driven, at)).toBe(stageOf(ecommerce, subjectWith(known, at), at));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are never late and never needless', () => {
    fc.assert(
      fc.property(anyGaps, fc.double({ min: 0, max: 700, noNaN: true }), (gaps, later) => {
        const placed = placedByGaps(gaps);
        const now = (placed.at(-1) ?? start) + Math.round(days(later));
        const subject = subjectWith(rowsAt(...placed), now);
        const present = stageOf(ecommerce, subject, now);
        const wake = wakeAt(ecommerce, subject, now);
        if (wake === undefined) {
          for (const ahead of [1, 30, 365, 3_650]) expect(stageOf(ecommerce, subject, now + days(ahead))).toBe(present);
          return;
        }
        expect(stageOf(ecommerce, subject, wake.at)).not.toBe(present);
        expect(stageOf(ecommerce, subject, wake.at - 1)).toBe(present);
        for (const part of [0.1, 0.5, 0.9])
          expect(stageOf(ecommerce, subject, Math.floor(now + part * (wake.at - 1 - now)))).toBe(present);
      }),
      { numRuns: 500 },
    );
  });

  it('time alone never moves a customer up', () => {
    fc.assert(
      fc.property(anyGaps, (gaps) => {
        const placed = placedByGaps(gaps);
        const from = placed.at(-1) ?? start;
        const subject = subjectWith(rowsAt(...placed), from);
        let stage = stageOf(ecommerce, subject, from);
        for (const move of timedMoves(ecommerce, subject, from)) {
          expect(mayFallTo[stage]).toContain(move.stage);
          expect(rank[move.stage] ?? 0).toBeLessThanOrEqual(rank[stage] ?? 0);
          stage = move.stage;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('nextFlip names the first instant at which a condition differs', () => {
    const conditions = ecommerce.stages.flatMap(({ when }) => (when === undefined ? [] : [when]));
    fc.assert(
      fc.property(
        anyGaps,
        fc.constantFrom(...conditions),
        fc.double({ min: 0, max: 400, noNaN: true }),
        (gaps, condition, later) => {
          const placed = placedByGaps(gaps);
          const now = (placed.at(-1) ?? start) + Math.round(days(later));
          const subject = subjectWith(rowsAt(...placed), now);
          const flip = nextFlip(condition, subject, now);
          const present = holds(condition, subject, now);
          if (flip === undefined) {
            expect(holds(condition, subject, now + days(5_000))).toBe(present);
            return;
          }
          expect(holds(condition, subject, flip)).toBe(!present);
          expect(holds(condition, subject, flip - 1)).toBe(present);
        },
      ),
    );
  });
});

type Stay = Readonly<{ from: number; stage: string }>;

/** Looks at a customer only when an order comes or a wake falls due. */
const drive = (placed: readonly number[], end: number): readonly Stay[] => {
  const stays: Stay[] = [{ from: Number.NEGATIVE_INFINITY, stage: 'lead' }];
  let known: OrderRow[] = [];
  const orders = rowsAt(...placed);
  let wake: number | undefined;
  while (orders.length > 0 || (wake !== undefined && wake <= end)) {
    const next = orders[0];
    const isWake = next === undefined || (wake !== undefined && wake < next.placedAt);
    const now = isWake ? (wake ?? end) : next.placedAt;
    if (!isWake && next !== undefined) {
      orders.shift();
      known = [...known, next];
    }
    const subject = subjectWith(known, now);
    stays.push({ from: now, stage: stageOf(ecommerce, subject, now) });
    wake = wakeAt(ecommerce, subject, now)?.at;
  }
  return stays;
};

const stageAt = (stays: readonly Stay[], at: number): string =>
  stays.findLast(({ from }) => from <= at)?.stage ?? 'lead';
