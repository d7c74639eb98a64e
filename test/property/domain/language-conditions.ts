import fc from 'fast-check';
import type { Condition, Leaf, Scalar } from '../../../shared/domain/conditions/condition.ts';
import { topShares } from '../../../shared/domain/conditions/language/condition-limits.ts';
import { type Operator, operatorsFor, opOf } from '../../../shared/domain/conditions/language/operator.ts';
import type { Fact } from '../../../shared/domain/facts/fact.ts';
import { factCatalogue, factNamed } from '../../../shared/domain/facts/fact-catalogue.ts';

const anyText = fc.oneof(
  fc.constantFrom(
    'wholesale',
    'GB',
    "it's",
    'and',
    'true',
    '30d',
    '75%',
    '2026-01-31',
    'a b',
    '"',
    'Europe/London',
    '客户',
    '-1',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => !/\p{Cc}/u.test(text)),
);
const anyDuration = fc
  .tuple(fc.integer({ min: 1, max: 900 }), fc.constantFrom('m', 'h', 'd', 'w'))
  .map(([n, unit]) => `${n}${unit}`);
const anyDay = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const positive = (max: number): fc.Arbitrary<number> =>
  fc.double({ min: 0, max, noNaN: true }).map((value) => (value === 0 ? 0 : value));
const anyNumber = fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((value) => (value === 0 ? 0 : value));

const valuesOf = ({ type, moves }: Fact): fc.Arbitrary<Scalar> => {
  switch (type) {
    case 'count':
      return fc.nat(1_000);
    case 'score':
      return fc.integer({ min: 1, max: 5 });
    case 'share':
      return moves === 'constant' ? positive(1) : positive(1).filter((share) => share > 0 && share < 1);
    case 'days':
      return fc.oneof(fc.nat(900), anyDuration);
    case 'money':
      return positive(1e9);
    case 'instant':
      return fc.oneof(
        anyDay,
        anyDay.map((day) => `${day}T10:30:00Z`),
      );
    case 'flag':
      return fc.boolean();
    case 'any':
      return fc.oneof(anyNumber, fc.boolean(), anyText);
    case 'number':
      return anyNumber;
    default:
      return anyText;
  }
};

const valueFor = (fact: Fact, operator: Operator): fc.Arbitrary<Pick<Leaf, 'value'>> => {
  if (operator === 'exists') return fc.constant({});
  if (operator === 'missing') return fc.constant({ value: false });
  if (operator === 'within' || operator === 'older than') return anyDuration.map((value) => ({ value }));
  if (operator === 'in top') return fc.constantFrom(...topShares).map((top) => ({ value: { top, of: 'repeat' } }));
  const values = valuesOf(fact);
  return operator === 'in'
    ? fc.array(values, { minLength: 1, maxLength: 4 }).map((value) => ({ value }))
    : values.map((value) => ({ value }));
};

const factNames = [...Object.keys(factCatalogue), 'attributes.vip', 'attributes.shoe_size'];

/** A comparison of some fact with something it may be compared with. */
export const anyLeafOf = (names: readonly string[]): fc.Arbitrary<Leaf> =>
  fc.constantFrom(...names).chain((name) => {
    const fact = factNamed(name);
    if (fact === undefined) throw new Error(`no fact ${name}`);
    return fc
      .constantFrom(...operatorsFor(name, fact))
      .chain((operator) => valueFor(fact, operator).map((value) => ({ fact: name, op: opOf[operator], ...value })));
  });

/** A condition that can be saved. */
export const anyConditionOf = (leaf: fc.Arbitrary<Leaf>): fc.Arbitrary<Condition> =>
  fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 4, depthSize: 'small', withCrossShrink: true },
      { weight: 3, arbitrary: leaf },
      { weight: 1, arbitrary: fc.array(tie('condition'), { minLength: 2, maxLength: 3 }).map((all) => ({ all })) },
      { weight: 1, arbitrary: fc.array(tie('condition'), { minLength: 2, maxLength: 3 }).map((any) => ({ any })) },
      { weight: 1, arbitrary: tie('condition').map((not) => ({ not })) },
    ),
  })).condition;

export const anyLeaf = anyLeafOf(factNames);
export const anyCondition = anyConditionOf(anyLeaf);
