import type { FactValue } from '../facts/fact.ts';
import type { Leaf, Op } from './condition.ts';

export type Comparison = (value: FactValue) => boolean;

/** Orders two values of one type; values of different types compare as neither less nor more. */
const ordered =
  (wanted: Leaf['value'], accepts: (value: FactValue, wanted: FactValue) => boolean): Comparison =>
  (value) =>
    (typeof wanted === 'number' || typeof wanted === 'string') &&
    typeof value === typeof wanted &&
    accepts(value, wanted);

const comparisons: Readonly<Record<Op, (wanted: Leaf['value']) => Comparison>> = {
  eq: (wanted) => (value) => value === wanted,
  ne: (wanted) => (value) => value !== wanted,
  gt: (wanted) => ordered(wanted, (a, b) => a > b),
  gte: (wanted) => ordered(wanted, (a, b) => a >= b),
  lt: (wanted) => ordered(wanted, (a, b) => a < b),
  lte: (wanted) => ordered(wanted, (a, b) => a <= b),
  in: (wanted) => (value) => Array.isArray(wanted) && wanted.includes(value),
  has: (wanted) => (value) => Array.isArray(value) && value.includes(String(wanted)),
  exists: (wanted) => () => wanted !== false,
};

/** The test of a known value. */
export const comparisonOf = (op: Op, wanted: Leaf['value']): Comparison => comparisons[op](wanted);

/** Whether the comparison says "as much as this or more"; the others say less. */
export const asksForMore = (op: Op): boolean => op === 'gt' || op === 'gte';

type NumberComparison = (a: number, b: number) => boolean;

/** Comparisons of two numbers; an operator that is not about numbers holds for none. */
export const numberComparisons: Readonly<Record<Op, NumberComparison>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
  in: () => false,
  has: () => false,
  exists: () => false,
};
