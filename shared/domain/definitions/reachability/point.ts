import { asksForMore, comparisonOf } from '../../conditions/comparison.ts';
import type { Leaf, Scalar } from '../../conditions/condition.ts';
import { parseDuration } from '../../conditions/duration.ts';
import { dateOf } from '../../conditions/language/value-rules.ts';
import type { Fact, FactValue } from '../../facts/fact.ts';
import { factNamed } from '../../facts/fact-catalogue.ts';
import { days } from '../../time.ts';

/** One case of what a customer may be like in one respect; without a value the fact is absent. */
export type Point = Readonly<{ value?: FactValue; ageMs?: number }>;

/** Facts every customer has, whatever happened. */
export const everPresent: readonly string[] = ['orders', 'orders.placed', 'orders.last12Months', 'revenue'];

/**
 * What a comparison looks at. Comparisons of one respect share its points; of some only the very same comparison is recognised:
 * attributes, members of lists and top shares stand for themselves.
 */
export const respectOf = (leaf: Leaf): string => {
  const fact = factNamed(leaf.fact);
  const isPlain = fact !== undefined && fact.type !== 'any' && fact.type !== 'list' && !isTop(leaf);
  if (isPlain) return leaf.fact;
  return leaf.op === 'exists' ? `${leaf.fact} exists` : JSON.stringify([leaf.fact, leaf.op, leaf.value]);
};

const isTop = ({ value }: Leaf): boolean => typeof value === 'object' && 'top' in value;

/** Every case the comparisons of one respect tell apart: enough to know whether they can hold together. */
export const pointsOf = (leaves: readonly Leaf[]): readonly Point[] => {
  const [first] = leaves;
  const fact = first === undefined ? undefined : factNamed(first.fact);
  if (first === undefined || fact === undefined || respectOf(first) !== first.fact)
    return [{ value: true }, { value: false }];
  const present = presentPoints(fact, leaves);
  return everPresent.includes(first.fact) ? present : [...present, {}];
};

const presentPoints = (fact: Fact, leaves: readonly Leaf[]): readonly Point[] => {
  if (fact.type === 'flag') return [{ value: true }, { value: false }];
  const wanted = leaves.flatMap(({ value }) => scalarsOf(value));
  if (fact.type === 'text') return [...new Set(wanted.map(String)), '\u0000'].map((value) => ({ value }));
  if (fact.type === 'instant') return instants(wanted.map(String));
  return inBounds(fact, between(fact, wanted.map(numberOf))).map((value) => ({ value }));
};

const scalarsOf = (value: Leaf['value']): readonly Scalar[] => {
  if (value === undefined) return [];
  if (typeof value !== 'object') return [value];
  return 'top' in value ? [] : value;
};

const numberOf = (value: Scalar): number =>
  typeof value === 'string' ? (parseDuration(value) ?? Number.NaN) / days(1) : Number(value);

/** Each number, one between each two neighbours, one below and one above; of whole numbers the neighbours. */
const between = ({ type }: Fact, numbers: readonly number[]): readonly number[] => {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  if (type === 'count' || type === 'score') return [0, 1, ...sorted.flatMap((n) => [n - 1, n, n + 1])];
  const gaps = sorted.flatMap((n, i) => [n, (n + (sorted[i + 1] ?? n)) / 2]);
  return [
    (sorted[0] ?? 1) - 1,
    (sorted[0] ?? 0) / 2,
    ...gaps,
    ((sorted.at(-1) ?? 0) + 1) / 2,
    (sorted.at(-1) ?? 0) + 1,
  ];
};

const lowest: Readonly<Partial<Record<Fact['type'], number>>> = { count: 0, days: 0, share: 0, score: 1 };
const highest: Readonly<Partial<Record<Fact['type'], number>>> = { share: 1, score: 5 };

const inBounds = ({ type }: Fact, numbers: readonly number[]): readonly number[] =>
  [...new Set(numbers)].filter((n) => n >= (lowest[type] ?? -Infinity) && n <= (highest[type] ?? Infinity));

/** A date has two respects at once: when it is, and how long ago. */
const instants = (wanted: readonly string[]): readonly Point[] => {
  const ages = wanted.flatMap((text) => parseDuration(text) ?? []);
  const dates = wanted.flatMap((text) => dateOf(text) ?? []);
  return around(dates).flatMap((value) => around(ages).map((ageMs) => ({ value, ageMs })));
};

const around = (numbers: readonly number[]): readonly number[] => [
  ...new Set([0, ...numbers.flatMap((n) => [n - 1, n, n + 1])]),
];

/** Whether a comparison holds in one case of its respect, as it would for a customer. */
export const holdsAt = (leaf: Leaf, point: Point): boolean => {
  const { value } = point;
  const standsForItself = respectOf(leaf) !== leaf.fact;
  if (leaf.op === 'exists') return (standsForItself ? value === true : value !== undefined) === (leaf.value !== false);
  if (standsForItself) return value === true;
  const fact = factNamed(leaf.fact);
  if (value === undefined || fact === undefined) return false;
  if (fact.type === 'instant') return instantHolds(leaf, point);
  const wanted = fact.type === 'days' && typeof leaf.value === 'string' ? numberOf(leaf.value) : leaf.value;
  // A silence is above a share or below it; at the share itself it counts as above.
  if (fact.moves === 'silence' || fact.moves === 'ended-silence')
    return Number(value) >= Number(wanted) === asksForMore(leaf.op);
  return comparisonOf(leaf.op, wanted)(value);
};

const instantHolds = ({ op, value }: Leaf, point: Point): boolean => {
  const text = typeof value === 'string' ? value : '';
  const windowMs = parseDuration(text);
  if (windowMs !== undefined) return (point.ageMs ?? 0) <= windowMs === asksForMore(op);
  return point.value !== undefined && comparisonOf(op, dateOf(text))(point.value);
};
