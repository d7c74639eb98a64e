import type { Fit } from '../fit/fit.ts';
import { oncePerPair } from '../once-per-pair.ts';
import { compileLeaf, never, type Test } from './compile-leaf.ts';
import type { Condition } from './condition.ts';

const build = (condition: Condition, fit: Fit): Test => {
  if ('all' in condition) return allOf(condition.all.map((part) => build(part, fit)));
  if ('any' in condition) return anyOf(condition.any.map((part) => build(part, fit)));
  if ('not' in condition) return negated(build(condition.not, fit));
  return compileLeaf(condition, fit);
};

/** The test of a condition under a fit, resolved once for each pair of them: both never change. */
export const compile: (condition: Condition, fit: Fit) => Test = oncePerPair(build);

/** The first turn of any of the tests. Most conditions move by one of their parts or by none. */
const firstTurnOf = (tests: readonly Test[]): Test['nextTurn'] => {
  const moving = tests.filter(({ nextTurn }) => nextTurn !== never);
  const [only] = moving;
  if (only === undefined) return never;
  if (moving.length === 1) return only.nextTurn;
  return (subject, after) => {
    let first = Number.POSITIVE_INFINITY;
    for (const test of moving) first = Math.min(first, test.nextTurn(subject, after));
    return first;
  };
};

const allOf = (tests: readonly Test[]): Test => ({
  holds: (subject, at) => {
    for (const test of tests) if (!test.holds(subject, at)) return false;
    return true;
  },
  nextTurn: firstTurnOf(tests),
});

const anyOf = (tests: readonly Test[]): Test => ({
  holds: (subject, at) => {
    for (const test of tests) if (test.holds(subject, at)) return true;
    return false;
  },
  nextTurn: firstTurnOf(tests),
});

const negated = ({ holds, nextTurn }: Test): Test => ({ holds: (subject, at) => !holds(subject, at), nextTurn });
