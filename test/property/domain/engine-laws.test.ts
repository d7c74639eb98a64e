import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds, nextFlip } from '../../../shared/domain/conditions/evaluate.ts';
import type { Subject } from '../../../shared/domain/facts/subject.ts';
import { stageOf, timedMoves, wakeAt } from '../../../shared/domain/lifecycle/stage-of.ts';
import { days } from '../../../shared/domain/time.ts';
import { anyCondition, anyFit, anyLifecycle, anySignals } from '../../support/any-definitions.ts';
import { anyGaps, placedByGaps, rowsAt, start, subjectWith } from '../../support/customers.ts';

/** A customer with any history and signals under any fit, at an instant after the first order. */
const anySubject: fc.Arbitrary<Readonly<{ subject: Subject; now: number }>> = fc
  .tuple(anyGaps, fc.double({ min: 0, max: 700, noNaN: true }), anyFit, anySignals)
  .map(([gaps, later, fit, signals]) => {
    const placed = placedByGaps(gaps);
    const now = (placed.at(-1) ?? start) + Math.round(days(later));
    return { now, subject: { ...subjectWith(rowsAt(...placed), now), fit, signals } };
  });

const parts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 });
/** Instants to look at when nothing is to happen any more. */
const farAhead = [1, 2, 7, 30, 90, 180, 365, 730, 3_650].map(days);

describe('any lifecycle under any fit', () => {
  it('is woken never late and never needlessly', () => {
    fc.assert(
      fc.property(anyLifecycle, anySubject, parts, (lifecycle, { subject, now }, within) => {
        const present = stageOf(lifecycle, subject, now);
        const wake = wakeAt(lifecycle, subject, now);
        if (wake === undefined) {
          for (const ahead of farAhead) expect(stageOf(lifecycle, subject, now + ahead)).toBe(present);
          return;
        }
        expect(wake.at).toBeGreaterThan(now);
        expect(wake.stage).not.toBe(present);
        expect(stageOf(lifecycle, subject, wake.at)).toBe(wake.stage);
        expect(stageOf(lifecycle, subject, wake.at - 1)).toBe(present);
        for (const part of within)
          expect(stageOf(lifecycle, subject, Math.floor(now + part * (wake.at - 1 - now)))).toBe(present);
      }),
      { numRuns: 4_000 },
    );
  });

  it('moves by time alone exactly at its timed moves', () => {
    fc.assert(
      fc.property(anyLifecycle, anySubject, parts, (lifecycle, { subject, now }, within) => {
        const until = now + days(900);
        const moves = [...timedMoves(lifecycle, subject, now, until)];
        for (const part of within) {
          const at = Math.floor(now + part * (until - now));
          const told = moves.findLast((move) => move.at <= at)?.stage ?? stageOf(lifecycle, subject, now);
          expect(stageOf(lifecycle, subject, at)).toBe(told);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('any condition flips first at its next flip', () => {
    fc.assert(
      fc.property(anyCondition, anySubject, parts, (condition, { subject, now }, within) => {
        const present = holds(condition, subject, now);
        const flip = nextFlip(condition, subject, now);
        if (flip === undefined) {
          for (const ahead of farAhead) expect(holds(condition, subject, now + ahead)).toBe(present);
          return;
        }
        expect(holds(condition, subject, flip)).toBe(!present);
        for (const part of within)
          expect(holds(condition, subject, Math.floor(now + part * (flip - 1 - now)))).toBe(present);
      }),
      { numRuns: 4_000 },
    );
  });
});
