import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparisonOf } from '../../../shared/domain/conditions/comparison.ts';
import type { Condition, Leaf } from '../../../shared/domain/conditions/condition.ts';
import { holds } from '../../../shared/domain/conditions/evaluate.ts';
import { everPresent } from '../../../shared/domain/definitions/reachability/point.ts';
import { isPossible } from '../../../shared/domain/definitions/reachability/possible.ts';
import { whyUnreachable } from '../../../shared/domain/definitions/reachability/unreachable.ts';
import { factNamed } from '../../../shared/domain/facts/fact-catalogue.ts';
import { days } from '../../../shared/domain/time.ts';
import { anyConditionOf, anyLeafOf } from './language-conditions.ts';
import { anySubject } from './language-subjects.ts';

const anyCount = (fact: string): fc.Arbitrary<Leaf> =>
  fc.record({
    fact: fc.constant(fact),
    op: fc.constantFrom('eq', 'ne', 'gt', 'gte', 'lt', 'lte'),
    value: fc.integer({ min: 0, max: 4 }),
  });

/** Few values, so that conditions often meet. */
const anyNearLeaf: fc.Arbitrary<Leaf> = fc.oneof(
  anyCount('orders'),
  fc.record({
    fact: fc.constantFrom('silence', 'lastOrder.endedSilence'),
    op: fc.constantFrom('gt', 'gte', 'lt', 'lte'),
    value: fc.constantFrom(0.5, 0.75, 0.9),
  }),
  fc.record({
    fact: fc.constantFrom('lastOrder.at', 'consent.grantedAt', 'engagement.lastClickAt'),
    op: fc.constantFrom('gte', 'lt'),
    value: fc.constantFrom('30d', '300d', '2026-01-01', '2027-01-01'),
  }),
  fc.record({
    fact: fc.constant('silence.days'),
    op: fc.constantFrom('gt', 'lte'),
    value: fc.constantFrom(30, '30d', 90),
  }),
  anyLeafOf([
    'case.open',
    'referral.lastAt',
    'tags',
    'attributes.vip',
    'loyalty.tier',
    'profile.country',
    'refundShare',
  ]),
);
const anyNearCondition = anyConditionOf(anyNearLeaf);

describe('what is said to be impossible', () => {
  it('never happens to anybody, at any time', () => {
    let impossible = 0;
    fc.assert(
      fc.property(
        fc.array(anyNearCondition, { minLength: 1, maxLength: 3 }),
        fc.array(anyNearCondition, { maxLength: 3 }),
        fc.array(fc.tuple(anySubject, fc.integer({ min: 0, max: 900 })), { minLength: 12, maxLength: 12 }),
        (hold, fail, people) => {
          if (isPossible(hold, fail)) return;
          impossible += 1;
          for (const [{ subject, lastAt }, day] of people) {
            const is = (one: Condition): boolean => holds(one, subject, lastAt + days(day));
            expect(hold.every(is) && !fail.some(is)).toBe(false);
          }
        },
      ),
      { numRuns: 1_500 },
    );
    expect(impossible).toBeGreaterThan(50);
  });

  it('is exactly what cannot be, where facts really are independent', () => {
    const counts = Array.from({ length: 7 }, (_, n) => n);
    const anyOfTwo = anyConditionOf(fc.oneof(anyCount('orders'), anyCount('orders.placed')));
    fc.assert(
      fc.property(
        fc.array(anyOfTwo, { minLength: 1, maxLength: 3 }),
        fc.array(anyOfTwo, { maxLength: 4 }),
        (hold, fail) => {
          const someone = counts.some((orders) =>
            counts.some((placed) => {
              const is = (one: Condition): boolean => truth(one, { orders, 'orders.placed': placed });
              return hold.every(is) && !fail.some(is);
            }),
          );
          expect(isPossible(hold, fail)).toBe(someone);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('a stage below the same condition, or a wider one, is never reached', () => {
    fc.assert(
      fc.property(anyNearCondition, anyNearCondition, (condition, more) => {
        expect(whyUnreachable([condition, condition], 1)).toBeDefined();
        expect(whyUnreachable([{ any: [condition, more] }, condition], 1)).toBeDefined();
        expect(whyUnreachable([condition, { all: [more, condition] }], 1)).toBeDefined();
        expect(whyUnreachable([condition, { not: condition }, 'otherwise'], 2)).toBeDefined();
      }),
      { numRuns: 500 },
    );
  });

  it('rests on facts that everybody has', () => {
    fc.assert(
      fc.property(anySubject, ({ subject, lastAt }) => {
        for (const name of everPresent) expect(factNamed(name)?.value(subject, lastAt)).toBeDefined();
      }),
    );
  });
});

/** A condition on counts, asked of the counts alone. */
const truth = (condition: Condition, counts: Readonly<Record<string, number>>): boolean => {
  if ('all' in condition) return condition.all.every((part) => truth(part, counts));
  if ('any' in condition) return condition.any.some((part) => truth(part, counts));
  if ('not' in condition) return !truth(condition.not, counts);
  return comparisonOf(condition.op, condition.value)(counts[condition.fact] ?? Number.NaN);
};
