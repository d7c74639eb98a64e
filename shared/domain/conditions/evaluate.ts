import { LifecycleError } from '../errors.ts';
import { type Fact, type FactValue, factCatalogue, type Gap } from '../facts/fact-catalogue.ts';
import type { Subject } from '../facts/subject.ts';
import { curveFor } from '../fit/fit.ts';
import { silenceDays } from '../fit/silence/silence-curve.ts';
import { days, type EpochMs } from '../time.ts';
import type { Condition, Leaf, Op, Scalar, TopShare } from './condition.ts';

/** Whether the condition holds for the subject at an instant. A leaf about an absent fact is false. */
export const holds = (condition: Condition, subject: Subject, at: EpochMs): boolean => {
  if ('all' in condition) return condition.all.every((part) => holds(part, subject, at));
  if ('any' in condition) return condition.any.some((part) => holds(part, subject, at));
  if ('not' in condition) return !holds(condition.not, subject, at);
  return leafHolds(condition, subject, at);
};

/** The fact a leaf names; a definition that names an unknown one should have been refused when it was saved. */
export const factOf = (leaf: Leaf): Fact => {
  const fact = factCatalogue[leaf.fact];
  if (fact !== undefined) return fact;
  throw new LifecycleError(
    'policy.invalid',
    `cannot evaluate a condition: 'fact' must be a known fact, got ${leaf.fact}`,
    {
      field: 'fact',
      value: leaf.fact,
    },
  );
};

const leafHolds = (leaf: Leaf, subject: Subject, at: EpochMs): boolean => {
  const fact = factOf(leaf);
  if (isTopShare(leaf.value)) return inTopShare(leaf.value, fact.value(subject, at), subject);
  if (typeof leaf.value === 'number') {
    if (fact.moves === 'silence') return silenceHolds(fact.gap(subject, at), leaf.op, leaf.value, subject);
    if (fact.moves === 'ended-silence') return silenceHolds(fact.gap(subject), leaf.op, leaf.value, subject);
  }
  const value = fact.value(subject, at);
  return value === undefined ? leaf.op === 'exists' && leaf.value === false : compare(value, leaf.op, leaf.value);
};

/** A silence is above a share from its whole day on; `gt` and `gte` are the same there, as are `lt` and `lte`. */
const silenceHolds = (gap: Gap | undefined, op: Op, share: number, subject: Subject): boolean => {
  if (gap === undefined) return false;
  const above = gap.ms >= days(silenceDays(curveFor(subject.fit, gap.orders), share));
  return op === 'gt' || op === 'gte' ? above : !above;
};

/** Before the store has a fit of its own, the best quarter of repeat customers are those with four occasions. */
const inTopShare = (share: TopShare, value: FactValue | undefined, { fit, history }: Subject): boolean => {
  if (history.orders < 2 || typeof value !== 'number') return false;
  const quantile = fit.topLast12Months?.find((entry) => entry.top === share.top);
  return quantile === undefined ? history.orders >= 4 : value >= quantile.orders;
};

const isTopShare = (value: Leaf['value']): value is TopShare => typeof value === 'object' && 'top' in value;

const compare = (value: FactValue, op: Op, wanted: Leaf['value']): boolean => {
  switch (op) {
    case 'exists':
      return wanted !== false;
    case 'eq':
      return value === wanted;
    case 'ne':
      return value !== wanted;
    case 'in':
      return Array.isArray(wanted) && wanted.includes(value);
    case 'has':
      return Array.isArray(value) && value.includes(String(wanted));
    default:
      return typeof value === typeof wanted && compareOrdered(value, op, wanted as Scalar);
  }
};

const compareOrdered = (value: FactValue, op: 'gt' | 'gte' | 'lt' | 'lte', wanted: Scalar): boolean => {
  if (op === 'gt') return value > wanted;
  if (op === 'gte') return value >= wanted;
  return op === 'lt' ? value < wanted : value <= wanted;
};
