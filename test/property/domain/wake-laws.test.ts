import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compile } from '../../../shared/domain/conditions/compile.ts';
import type { Condition, Leaf } from '../../../shared/domain/conditions/condition.ts';
import { leavesOf } from '../../../shared/domain/conditions/leaves.ts';
import { priorFit } from '../../../shared/domain/fit/fit.ts';
import type { Lifecycle } from '../../../shared/domain/lifecycle/lifecycle.ts';
import { stageOf, timedMoves, wakeAt } from '../../../shared/domain/lifecycle/stage-of.ts';
import { days } from '../../../shared/domain/time.ts';
import { anyGaps, placedByGaps, rowsAt, start, subjectWith } from '../../support/customers.ts';

/** Facts that move in every way there is, with values at which people like them do move. */
const leaf: fc.Arbitrary<Leaf> = fc.oneof(
  fc.record({
    fact: fc.constant('silence'),
    op: fc.constantFrom('gt', 'lte'),
    value: fc.constantFrom(0.3, 0.75, 0.9, 0.98),
  }),
  fc.record({
    fact: fc.constantFrom('silence.days', 'tenure.days'),
    op: fc.constantFrom('gt', 'gte', 'lt', 'lte', 'eq'),
    value: fc.integer({ min: 0, max: 500 }),
  }),
  fc.record({
    fact: fc.constant('silence.cycles'),
    op: fc.constantFrom('gt', 'lt'),
    value: fc.constantFrom(0.5, 1.7, 3),
  }),
  fc.record({
    fact: fc.constantFrom('orders', 'orders.last12Months'),
    op: fc.constantFrom('eq', 'ne', 'gte', 'lt'),
    value: fc.integer({ min: 0, max: 5 }),
  }),
  fc.record({
    fact: fc.constant('lastOrder.at'),
    op: fc.constantFrom('gte', 'lt'),
    value: fc.constantFrom('30d', '200d'),
  }),
  fc.constant<Leaf>({ fact: 'orders.last12Months', op: 'in', value: { top: 0.25, of: 'repeat' } }),
);

const condition: fc.Arbitrary<Condition> = fc.letrec<{ any: Condition; leaf: Condition }>((tie) => ({
  leaf,
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('any').map((not) => ({ not })),
  ),
})).any;

const lifecycle: fc.Arbitrary<Lifecycle> = fc.array(condition, { minLength: 1, maxLength: 6 }).map((conditions) => ({
  name: 'any',
  version: 1,
  stages: [...conditions.map((when, n) => ({ id: `s${n}`, when })), { id: 'else' }],
}));

const withTop = { ...priorFit('normal'), version: 1, topLast12Months: [{ top: 0.25, orders: 3 }] };

it('a wake is the first instant at which asking every stage anew gives another one, under any lifecycle', () =>
  fc.assert(
    fc.property(
      lifecycle,
      anyGaps,
      fc.integer({ min: 0, max: 900 }),
      fc.constantFrom(priorFit('normal'), withTop),
      (stages, gaps, waited, fit) => {
        const placed = placedByGaps(gaps);
        const now = (placed.at(-1) ?? start) + days(waited);
        const subject = { ...subjectWith(rowsAt(...placed), now), fit };
        // Every instant at which any leaf of any stage may turn, each leaf asked on its own; the millisecond before, too.
        const turns = stages.stages
          .flatMap(({ when }) => (when === undefined ? [] : leavesOf(when)))
          .flatMap((one) => {
            const { nextTurn } = compile(one, fit);
            const all: number[] = [];
            for (let at = nextTurn(subject, now); Number.isFinite(at); at = nextTurn(subject, at)) all.push(at);
            return all;
          })
          .flatMap((at) => [at - 1, at])
          .filter((at) => at > now)
          .sort((a, b) => a - b);
        const moves: { at: number; stage: string }[] = [];
        let present = stageOf(stages, subject, now);
        for (const at of turns) {
          const stage = stageOf(stages, subject, at);
          if (stage !== present) moves.push({ at, stage });
          present = stage;
        }
        expect(wakeAt(stages, subject, now)).toEqual(moves[0]);
        expect([...timedMoves(stages, subject, now)]).toEqual(moves);
      },
    ),
    { numRuns: 2_000 },
  ));
