import { compile } from '../conditions/compile.ts';
import type { Test } from '../conditions/compile-leaf.ts';
import type { StageId } from '../customers/customer.ts';
import { LifecycleError } from '../errors.ts';
import type { Subject } from '../facts/subject.ts';
import type { Fit } from '../fit/fit.ts';
import { oncePerPair } from '../once-per-pair.ts';
import type { EpochMs } from '../time.ts';
import type { Lifecycle } from './lifecycle.ts';

/** A lifecycle under a fit: the conditions in order, each with its stage, and the stage of everybody else. */
type Rules = Readonly<{ tests: readonly Test[]; ids: readonly StageId[]; otherwise: StageId }>;

/** @throws {LifecycleError} `policy.invalid` when the last stage has a condition: somebody might stand nowhere. */
const makeRules = ({ name, stages }: Lifecycle, fit: Fit): Rules => {
  const end = stages.findIndex(({ when }) => when === undefined);
  const otherwise = stages[end]?.id;
  if (otherwise === undefined)
    throw new LifecycleError(
      'policy.invalid',
      `cannot decide a stage: 'stages' must end with one without a condition, got ${name}`,
      { field: 'stages', value: name },
    );
  const conditional = stages.slice(0, end);
  return {
    tests: conditional.flatMap(({ when }) => (when === undefined ? [] : [compile(when, fit)])),
    ids: conditional.map(({ id }) => id),
    otherwise,
  };
};

const rulesOf = oncePerPair(makeRules);

/** Place of the first stage whose condition holds; that of the last stage is one behind the tests. */
const placeUnder = ({ tests }: Rules, subject: Subject, at: EpochMs): number => {
  let place = 0;
  while (place < tests.length && tests[place]?.holds(subject, at) !== true) place++;
  return place;
};

const stageAt = ({ ids, otherwise }: Rules, place: number): StageId => ids[place] ?? otherwise;

/**
 * The stage a customer stands in at an instant. It has no memory: any order of arrival and any replay agree.
 *
 * @throws {LifecycleError} `policy.invalid` when the last stage has a condition.
 */
export const stageOf = (lifecycle: Lifecycle, subject: Subject, at: EpochMs): StageId => {
  const rules = rulesOf(lifecycle, subject.fit);
  return stageAt(rules, placeUnder(rules, subject, at));
};

/** A change of stage by time alone. */
export type TimedMove = Readonly<{ at: EpochMs; stage: StageId }>;

/** Every change of stage that time alone brings in (after, until], in order. */
export function* timedMoves(
  lifecycle: Lifecycle,
  subject: Subject,
  after: EpochMs,
  until = Number.POSITIVE_INFINITY,
): Generator<TimedMove> {
  for (let move = wakeAt(lifecycle, subject, after); move !== undefined && move.at <= until; ) {
    yield move;
    move = wakeAt(lifecycle, subject, move.at);
  }
}

/** Later than any instant, and yet less than the Infinity that says "never". */
const endOfTime = Number.MAX_VALUE;

/** The first instant after `after`, and not later than `limit`, at which the test no longer answers `present`. */
const flipOf = (
  test: Test | undefined,
  subject: Subject,
  after: EpochMs,
  limit: EpochMs,
  present: boolean,
): EpochMs | undefined => {
  if (test === undefined) return undefined;
  for (let at = test.nextTurn(subject, after); at <= limit; at = test.nextTurn(subject, at))
    if (test.holds(subject, at) !== present) return at;
  return undefined;
};

/**
 * The first instant after `now` at which time alone changes the stage; `undefined` when it never will.
 * A wake at that instant is never late and never needless.
 *
 * A stage ends when one above it begins, or when its own condition ends: what stands below has no say until then.
 */
export const wakeAt = (lifecycle: Lifecycle, subject: Subject, now: EpochMs): TimedMove | undefined => {
  const rules = rulesOf(lifecycle, subject.fit);
  return nextMove(rules, subject, now, placeUnder(rules, subject, now));
};

/** Stage and wake together, as a decision needs them: the present place is found once. */
export const stageAndWake = (
  lifecycle: Lifecycle,
  subject: Subject,
  now: EpochMs,
): Readonly<{ stage: StageId; wake: TimedMove | undefined }> => {
  const rules = rulesOf(lifecycle, subject.fit);
  const present = placeUnder(rules, subject, now);
  return { stage: stageAt(rules, present), wake: nextMove(rules, subject, now, present) };
};

const nextMove = (rules: Rules, subject: Subject, now: EpochMs, present: number): TimedMove | undefined => {
  let at = endOfTime;
  let place = present;
  // From below, because longer silences stand higher: nothing later than a move already found is looked at.
  for (let n = present - 1; n >= 0; n--) {
    const begins = flipOf(rules.tests[n], subject, now, at, false);
    if (begins === undefined) continue;
    at = begins;
    place = n;
  }
  const ends = flipOf(rules.tests[present], subject, now, at, true);
  if (ends !== undefined && ends < at) return { at: ends, stage: stageAt(rules, placeUnder(rules, subject, ends)) };
  return at === endOfTime ? undefined : { at, stage: stageAt(rules, place) };
};
