import type { Subject } from '../facts/subject.ts';
import type { EpochMs } from '../time.ts';
import { compile } from './compile.ts';
import type { Condition } from './condition.ts';

/** Whether the condition holds for the subject at an instant. A leaf about an absent fact is false. */
export const holds = (condition: Condition, subject: Subject, at: EpochMs): boolean =>
  compile(condition, subject.fit).holds(subject, at);

/**
 * The first instant after `now` at which the condition's value differs from its value at `now`, if there is one: closed form
 * where the fact has one, bisection over whole days for facts that fall.
 */
export const nextFlip = (condition: Condition, subject: Subject, now: EpochMs): EpochMs | undefined => {
  const test = compile(condition, subject.fit);
  const present = test.holds(subject, now);
  for (let at = test.nextTurn(subject, now); Number.isFinite(at); at = test.nextTurn(subject, at))
    if (test.holds(subject, at) !== present) return at;
  return undefined;
};
