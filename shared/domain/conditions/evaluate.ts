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
  return turnsBetween([test], subject, now).find((at) => test.holds(subject, at) !== present);
};

/** The instants after `after` and up to `until` at which a test may change, ascending, each once. */
export const turnsBetween = (
  tests: readonly Pick<ReturnType<typeof compile>, 'turns'>[],
  subject: Subject,
  after: EpochMs,
  until = Number.POSITIVE_INFINITY,
): readonly EpochMs[] => {
  const turns: EpochMs[] = [];
  for (const test of tests) test.turns(subject, turns);
  return [...new Set(turns)].filter((at) => at > after && at <= until && Number.isFinite(at)).sort((a, b) => a - b);
};
