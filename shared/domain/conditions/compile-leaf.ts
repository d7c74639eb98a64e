import { LifecycleError } from '../errors.ts';
import type { Fact, FactValue } from '../facts/fact.ts';
import { factNamed } from '../facts/fact-catalogue.ts';
import type { Subject } from '../facts/subject.ts';
import type { Fit } from '../fit/fit.ts';
import { silenceDays } from '../fit/silence/silence-curve.ts';
import { type DurationMs, days, type EpochMs, parseInstant } from '../time.ts';
import { asksForMore, comparisonOf, numberComparisons } from './comparison.ts';
import { isTopShare, type Leaf, type Op, type TopShare } from './condition.ts';
import { parseDuration } from './duration.ts';

/**
 * A test with everything resolved that the condition and the fit alone decide.
 * `nextTurn` is the first instant after `after` at which the answer may change while nothing happens but time, Infinity when
 * there is none; between two of them it is constant.
 */
export type Test = Readonly<{
  holds: (subject: Subject, at: EpochMs) => boolean;
  nextTurn: (subject: Subject, after: EpochMs) => EpochMs;
}>;

/** The answer never changes by time alone. */
export const never = (): EpochMs => Number.POSITIVE_INFINITY;

const ifAfter = (turn: EpochMs, after: EpochMs): EpochMs => (turn > after ? turn : Number.POSITIVE_INFINITY);

/** The fact a leaf names; a definition that names an unknown one should have been refused when it was saved. */
const factOf = ({ fact: name }: Leaf): Fact => {
  const fact = factNamed(name);
  if (fact !== undefined) return fact;
  throw new LifecycleError('policy.invalid', `cannot evaluate a condition: 'fact' must be a known fact, got ${name}`, {
    field: 'fact',
    value: name,
  });
};

/** Resolves one leaf under a fit. A leaf about an absent fact is false. */
export const compileLeaf = (leaf: Leaf, fit: Fit): Test => {
  const fact = factOf(leaf);
  if (isTopShare(leaf.value)) return topShareTest(fact, leaf.value, fit);
  if (leaf.op === 'exists') return presenceTest(fact, leaf.value !== false);
  if (fact.type === 'instant') return instantTest(fact, leaf);
  const wanted = typeof leaf.value === 'string' && fact.type === 'days' ? inDays(leaf.value) : leaf.value;
  if (typeof wanted !== 'number')
    return { holds: compared(fact, { ...leaf, ...optional(wanted) }), nextTurn: stepsOf(fact) };
  return numberTest(fact, { ...leaf, value: wanted }, wanted, fit);
};

const optional = (value: Leaf['value']): Pick<Leaf, 'value'> => (value === undefined ? {} : { value });
const inDays = (text: string): number | string => {
  const ms = parseDuration(text);
  return ms === undefined ? text : ms / days(1);
};

const numberTest = (fact: Fact, leaf: Leaf, wanted: number, fit: Fit): Test => {
  switch (fact.moves) {
    case 'silence':
      return silenceTest(leaf, thresholdsMs(fit, wanted));
    case 'ended-silence':
      return endedSilenceTest(fact, leaf, thresholdsMs(fit, wanted));
    case 'age':
      return ageTest(fact, leaf, wanted);
    case 'falls':
      return fallingTest(fact, compared(fact, leaf));
    default:
      return { holds: comparedNumber(fact, leaf, wanted), nextTurn: stepsOf(fact) };
  }
};

const compared = (fact: Fact, { op, value: wanted }: Leaf): Test['holds'] => {
  const accepts = comparisonOf(op, wanted);
  return (subject, at) => {
    const value = fact.value(subject, at);
    return value !== undefined && accepts(value);
  };
};

type Read = Fact['value'];
type Straight = (read: Read, wanted: number) => Test['holds'];

const asNumber = (value: FactValue | undefined): number => (typeof value === 'number' ? value : Number.NaN);

/** With nothing between the fact and its number: what most conditions are made of. */
const straight: Readonly<Partial<Record<Op, Straight>>> = {
  eq: (read, wanted) => (subject, at) => read(subject, at) === wanted,
  gt: (read, wanted) => (subject, at) => asNumber(read(subject, at)) > wanted,
  gte: (read, wanted) => (subject, at) => asNumber(read(subject, at)) >= wanted,
  lt: (read, wanted) => (subject, at) => asNumber(read(subject, at)) < wanted,
  lte: (read, wanted) => (subject, at) => asNumber(read(subject, at)) <= wanted,
};

const comparedNumber = (fact: Fact, leaf: Leaf, wanted: number): Test['holds'] =>
  straight[leaf.op]?.(fact.value, wanted) ?? compared(fact, leaf);

const stepsOf = (fact: Fact): Test['nextTurn'] => (fact.moves === 'steps-down' ? fact.nextStep : never);

const presenceTest = (fact: Fact, wanted: boolean): Test => ({
  holds: (subject, at) => (fact.value(subject, at) !== undefined) === wanted,
  nextTurn: never,
});

/** Silence of the three bands of occasions from which a share counts as passed. */
type Thresholds = readonly [DurationMs, DurationMs, DurationMs];

const thresholdsMs = ({ curves: [once, twice, often] }: Fit, share: number): Thresholds => [
  days(silenceDays(once, share)),
  days(silenceDays(twice, share)),
  days(silenceDays(often, share)),
];

const bandOf = (orders: number): 0 | 1 | 2 => (orders <= 1 ? 0 : orders <= 3 ? 1 : 2);

/** A silence is above a share from its whole day on; `gt` and `gte` are the same there, as are `lt` and `lte`. */
const silenceTest = ({ op }: Leaf, thresholds: Thresholds): Test => {
  const more = asksForMore(op);
  return {
    holds: ({ history: { lastAt, orders } }, at) =>
      lastAt !== undefined && Math.max(0, at - lastAt) >= thresholds[bandOf(orders)] === more,
    nextTurn: ({ history: { lastAt, orders } }, after) =>
      lastAt === undefined ? Number.POSITIVE_INFINITY : ifAfter(lastAt + thresholds[bandOf(orders)], after),
  };
};

const endedSilenceTest = (fact: Fact & { moves: 'ended-silence' }, { op }: Leaf, thresholds: Thresholds): Test => {
  const more = asksForMore(op);
  return {
    holds: (subject) => {
      const gap = fact.gap(subject);
      return gap !== undefined && gap.ms >= thresholds[bandOf(gap.orders)] === more;
    },
    nextTurn: never,
  };
};

/** Compared in milliseconds: a division would round, and the flip must be exact. */
const ageTest = (fact: Fact & { moves: 'age' }, { op }: Leaf, wanted: number): Test => {
  const accepts = numberComparisons[op];
  return {
    holds: (subject, at) => {
      const anchor = fact.anchor(subject);
      return anchor !== undefined && accepts(Math.max(0, at - anchor), wanted * fact.unitMs(subject));
    },
    nextTurn: (subject, after) => {
      const anchor = fact.anchor(subject);
      if (anchor === undefined) return Number.POSITIVE_INFINITY;
      const limitMs = wanted * fact.unitMs(subject);
      const [from, past] = [anchor + Math.ceil(limitMs), anchor + Math.floor(limitMs) + 1];
      return from > after ? from : ifAfter(past, after);
    },
  };
};

const instantTest = (fact: Fact, leaf: Leaf): Test => {
  const windowMs = typeof leaf.value === 'string' ? parseDuration(leaf.value) : undefined;
  if (windowMs !== undefined) return recencyTest(fact, leaf, windowMs);
  const at = typeof leaf.value === 'string' ? parseInstant(dated(leaf.value)) : leaf.value;
  return { holds: compared(fact, { ...leaf, ...optional(at) }), nextTurn: never };
};

const dated = (text: string): string => (text.length === 10 ? `${text}T00:00:00Z` : text);

/** `gte 30d`: not longer ago than that; the last instant of the window included. */
const recencyTest = (fact: Fact, { op }: Leaf, windowMs: DurationMs): Test => {
  const more = asksForMore(op);
  const dateOf = (subject: Subject): EpochMs | undefined => numeric(fact.value(subject, 0));
  return {
    holds: (subject, at) => {
      const date = dateOf(subject);
      return date !== undefined && at - date <= windowMs === more;
    },
    nextTurn: (subject, after) => {
      const date = dateOf(subject);
      return date === undefined ? Number.POSITIVE_INFINITY : ifAfter(date + windowMs + 1, after);
    },
  };
};

const numeric = (value: FactValue | undefined): number | undefined => (typeof value === 'number' ? value : undefined);

/** A century: what has not flipped by then never will. */
const lastDay = 36_525;

const fallingTest = (fact: Fact & { moves: 'falls' }, holds: Test['holds']): Test => ({
  holds,
  nextTurn: (subject, after) => {
    const anchor = fact.anchor(subject);
    if (anchor === undefined) return Number.POSITIVE_INFINITY;
    const before = holds(subject, anchor);
    if (holds(subject, anchor + days(lastDay)) === before) return Number.POSITIVE_INFINITY;
    return ifAfter(anchor + days(flipDay(before, (day) => holds(subject, anchor + days(day)))), after);
  },
});

/** Bisection: the fact falls, so its comparison flips once. */
const flipDay = (before: boolean, holdsOn: (day: number) => boolean): number => {
  let [same, flipped] = [0, lastDay];
  while (flipped - same > 1) {
    const middle = (same + flipped) >> 1;
    if (holdsOn(middle) === before) same = middle;
    else flipped = middle;
  }
  return flipped;
};

/** Before the store has a fit of its own, the best quarter of repeat customers are those with four occasions. */
const topShareTest = (fact: Fact, { top }: TopShare, fit: Fit): Test => {
  const least = fit.topLast12Months?.find((entry) => entry.top === top)?.orders;
  if (least === undefined) return { holds: ({ history }) => history.orders >= 4, nextTurn: never };
  const read = fact.value;
  return {
    holds: (subject, at) => subject.history.orders >= 2 && asNumber(read(subject, at)) >= least,
    nextTurn: stepsOf(fact),
  };
};
