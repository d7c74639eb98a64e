import type { Subject } from '../facts/subject.ts';
import { curveFor } from '../fit/fit.ts';
import { silenceDays } from '../fit/silence/silence-curve.ts';
import { days, type EpochMs } from '../time.ts';
import type { Condition, Leaf } from './condition.ts';
import { factOf, holds } from './evaluate.ts';

/**
 * Instants at which one of the condition's leaves may change while nothing happens but time, in no order.
 * Between two of them every leaf is constant, so the condition is too.
 */
export const turningPoints = (condition: Condition, subject: Subject): readonly EpochMs[] => {
  if ('all' in condition) return condition.all.flatMap((part) => turningPoints(part, subject));
  if ('any' in condition) return condition.any.flatMap((part) => turningPoints(part, subject));
  if ('not' in condition) return turningPoints(condition.not, subject);
  return leafTurningPoints(condition, subject);
};

const leafTurningPoints = (leaf: Leaf, subject: Subject): readonly EpochMs[] => {
  const fact = factOf(leaf);
  if (fact.moves === 'steps-down') return fact.steps(subject);
  const { value } = leaf;
  if (typeof value !== 'number') return [];
  if (fact.moves === 'silence') return silenceTurns(value, subject);
  if (fact.moves !== 'age') return [];
  const anchor = fact.anchor(subject);
  if (anchor === undefined) return [];
  const reached = anchor + Math.ceil(value * fact.unitMs(subject));
  return [reached, reached + 1];
};

const silenceTurns = (share: number, { history, fit }: Subject): readonly EpochMs[] => {
  const threshold = silenceDays(curveFor(fit, history.orders), share);
  return history.lastAt === undefined || !Number.isFinite(threshold) ? [] : [history.lastAt + days(threshold)];
};

/** The turning points after `after` and up to `until`, ascending, each once. */
export const turningPointsBetween = (
  conditions: readonly Condition[],
  subject: Subject,
  after: EpochMs,
  until = Number.POSITIVE_INFINITY,
): readonly EpochMs[] =>
  [...new Set(conditions.flatMap((condition) => turningPoints(condition, subject)))]
    .filter((at) => at > after && at <= until)
    .sort((a, b) => a - b);

/**
 * The first instant after `now` at which the condition's value differs from its value at `now`, if there is one.
 */
export const nextFlip = (condition: Condition, subject: Subject, now: EpochMs): EpochMs | undefined => {
  const present = holds(condition, subject, now);
  return turningPointsBetween([condition], subject, now).find((at) => holds(condition, subject, at) !== present);
};
