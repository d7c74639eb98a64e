import fc from 'fast-check';
import type { Condition, Leaf, Op } from '../../shared/domain/conditions/condition.ts';
import type { Signals } from '../../shared/domain/customers/signals.ts';
import type { FactType } from '../../shared/domain/facts/fact.ts';
import { factCatalogue } from '../../shared/domain/facts/fact-catalogue.ts';
import { type Fit, priorFit } from '../../shared/domain/fit/fit.ts';
import type { SilenceCurve } from '../../shared/domain/fit/silence/silence-curve.ts';
import type { Lifecycle } from '../../shared/domain/lifecycle/lifecycle.ts';
import { days } from '../../shared/domain/time.ts';
import { start } from './customers.ts';

const more = fc.constantFrom<Op>('gt', 'gte', 'lt', 'lte');
const any = fc.constantFrom<Op>('gt', 'gte', 'lt', 'lte', 'eq', 'ne');
const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** Comparisons that make sense for each type of fact. */
const comparisons: Readonly<Record<FactType, fc.Arbitrary<Pick<Leaf, 'op' | 'value'>>>> = {
  count: fc.record({ op: any, value: fc.integer({ min: 0, max: 6 }) }),
  number: fc.record({ op: more, value: real(0, 6) }),
  share: fc.record({ op: more, value: real(0.01, 0.99) }),
  money: fc.record({ op: more, value: real(0, 400) }),
  days: fc.record({
    op: more,
    value: fc.oneof(fc.integer({ min: 1, max: 500 }), real(1, 500), fc.constantFrom('30d', '12h', '2w')),
  }),
  score: fc.record({ op: any, value: fc.integer({ min: 1, max: 5 }) }),
  instant: fc.record({ op: more, value: fc.constantFrom('30d', '36h', '2025-06-01', '2026-01-31T10:00:00Z') }),
  text: fc.record({ op: fc.constantFrom<Op>('eq', 'ne'), value: fc.constantFrom('GB', 'DE', 'gold') }),
  flag: fc.record({ op: fc.constant<Op>('eq'), value: fc.boolean() }),
  list: fc.record({ op: fc.constant<Op>('has'), value: fc.constantFrom('vip', 'MUG-1', 'kitchen') }),
  any: fc.record({ op: fc.constant<Op>('eq'), value: fc.constantFrom('x', 1, true) }),
};

/** A leaf about one of the facts that move, or any other. */
export const anyLeaf: fc.Arbitrary<Leaf> = fc.oneof(
  ...Object.entries(factCatalogue).map(([fact, { type, moves }]) => ({
    weight: moves === 'constant' ? 1 : 6,
    arbitrary: comparisons[type].map((compared) => ({ fact, ...compared })),
  })),
  {
    weight: 2,
    arbitrary: fc.constant<Leaf>({ fact: 'orders.last12Months', op: 'in', value: { top: 0.25, of: 'repeat' } }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...Object.keys(factCatalogue)).map((fact) => ({ fact, op: 'exists' as const })),
  },
);

export const anyCondition: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    anyLeaf,
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((parts) => ({ any: parts })),
    tie('condition').map((not) => ({ not })),
  ),
})).condition;

/** One to seven stages with any conditions, and the rest. */
export const anyLifecycle: fc.Arbitrary<Lifecycle> = fc
  .tuple(fc.array(anyCondition, { minLength: 1, maxLength: 7 }), fc.integer({ min: 1, max: 9 }))
  .map(([conditions, version]) => ({
    name: 'any',
    version,
    stages: [...conditions.map((when, n) => ({ id: `s${n}`, when })), { id: 'rest' }],
  }));

const anyCurve: fc.Arbitrary<SilenceCurve> = fc.record(
  {
    medianDays: real(5, 400),
    sigma: real(0.3, 2.5),
    returnShare: real(0.05, 0.98),
    horizonDays: fc.constantFrom(365, 365, 973),
    hazard: fc.array(real(0.05, 4), { minLength: 13, maxLength: 13 }),
  },
  { requiredKeys: ['medianDays', 'sigma', 'returnShare', 'horizonDays'] },
);

const ascending = fc.array(real(1, 500), { minLength: 4, maxLength: 4 }).map((all) => {
  const [a = 0, b = 0, c = 0, d = 0] = all.sort((x, y) => x - y);
  return [a, b, c, d] as const;
});

/** Fits as a store may have them, the prior and every model among them. */
export const anyFit: fc.Arbitrary<Fit> = fc.oneof(
  fc.constantFrom('fast', 'normal', 'slow', 'durable').map((rhythm) => priorFit(rhythm as 'fast')),
  fc.record(
    {
      version: fc.integer({ min: 1, max: 99 }),
      curves: fc.tuple(anyCurve, anyCurve, anyCurve),
      cycle: fc.record({ days: real(3, 300), weight: real(0.25, 20) }),
      horizonDays: fc.constantFrom(30, 90, 365),
      topLast12Months: fc.integer({ min: 1, max: 5 }).map((orders) => [{ top: 0.25, orders }]),
      rfm: fc.record({ recencyDays: ascending, frequency: ascending, monetaryMinor: ascending }),
      purchases: fc.record({ r: real(0.1, 3), alpha: real(1, 40), a: real(0.1, 3), b: real(0.5, 10) }),
      returnChance: fc.record({
        horizonDays: fc.constant(90),
        intercept: real(-3, 3),
        weights: fc.record({
          logFrequency: real(-1, 1),
          logFreshness: real(0, 1),
          logYouth: real(0, 1),
          logRhythm: real(0, 1),
          logitExpected: real(0, 1),
        }),
        says: fc.constant('probability' as const),
      }),
      spend: fc.record({ p: real(1, 9), q: real(1.5, 6), v: real(1, 60) }),
    },
    { requiredKeys: ['version', 'curves', 'cycle'] },
  ),
);

const anyDate = fc.integer({ min: 0, max: 900 }).map((day) => start + days(day));
const signal = <T extends string | number | boolean>(value: fc.Arbitrary<T>) => fc.record({ value, at: anyDate });
const dated = anyDate.map((at) => ({ value: at, at }));

/** What events may have told. */
export const anySignals: fc.Arbitrary<Signals> = fc.record(
  {
    'engagement.lastClickAt': dated,
    'engagement.lastCartAt': dated,
    'referral.lastAt': dated,
    'case.open': signal(fc.boolean()),
    'feedback.nps': signal(fc.integer({ min: 0, max: 10 })),
    'loyalty.tier': signal(fc.constantFrom('gold', 'silver')),
  },
  { requiredKeys: [] },
);
