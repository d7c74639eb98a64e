import type { Fit } from '../fit/fit.ts';
import { oncePerPair } from '../once-per-pair.ts';
import { compileLeaf, type Test } from './compile-leaf.ts';
import type { Condition } from './condition.ts';

const build = (condition: Condition, fit: Fit): Test => {
  if ('all' in condition) return allOf(condition.all.map((part) => build(part, fit)));
  if ('any' in condition) return anyOf(condition.any.map((part) => build(part, fit)));
  if ('not' in condition) return negated(build(condition.not, fit));
  return compileLeaf(condition, fit);
};

/** The test of a condition under a fit, resolved once for each pair of them: both never change. */
export const compile: (condition: Condition, fit: Fit) => Test = oncePerPair(build);

const turnsOf =
  (tests: readonly Test[]): Test['turns'] =>
  (subject, into) => {
    for (const test of tests) test.turns(subject, into);
  };

const allOf = (tests: readonly Test[]): Test => ({
  holds: (subject, at) => {
    for (const test of tests) if (!test.holds(subject, at)) return false;
    return true;
  },
  turns: turnsOf(tests),
});

const anyOf = (tests: readonly Test[]): Test => ({
  holds: (subject, at) => {
    for (const test of tests) if (test.holds(subject, at)) return true;
    return false;
  },
  turns: turnsOf(tests),
});

const negated = (test: Test): Test => ({ holds: (subject, at) => !test.holds(subject, at), turns: test.turns });
