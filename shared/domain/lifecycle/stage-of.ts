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

const stageUnder = ({ tests, ids, otherwise }: Rules, subject: Subject, at: EpochMs): StageId => {
  for (let n = 0; n < tests.length; n++) if (tests[n]?.holds(subject, at)) return ids[n] ?? otherwise;
  return otherwise;
};

/**
 * The stage a customer stands in at an instant. It has no memory: any order of arrival and any replay agree.
 *
 * @throws {LifecycleError} `policy.invalid` when the last stage has a condition.
 */
export const stageOf = (lifecycle: Lifecycle, subject: Subject, at: EpochMs): StageId =>
  stageUnder(rulesOf(lifecycle, subject.fit), subject, at);

/** A change of stage by time alone. */
export type TimedMove = Readonly<{ at: EpochMs; stage: StageId }>;

/** Every change of stage that time alone brings in (after, until], in order. */
export function* timedMoves(
  lifecycle: Lifecycle,
  subject: Subject,
  after: EpochMs,
  until = Number.POSITIVE_INFINITY,
): Generator<TimedMove> {
  const rules = rulesOf(lifecycle, subject.fit);
  const turns = turnsOf(rules, subject);
  let present = stageUnder(rules, subject, after);
  for (let at = firstAfter(turns, after); at <= until && Number.isFinite(at); at = firstAfter(turns, at)) {
    const stage = stageUnder(rules, subject, at);
    if (stage !== present) yield { at, stage };
    present = stage;
  }
}

const turnsOf = ({ tests }: Rules, subject: Subject): readonly EpochMs[] => {
  const turns: EpochMs[] = [];
  for (const test of tests) test.turns(subject, turns);
  return turns;
};

/** Few turns and mostly one step: looking through them is cheaper than sorting. */
const firstAfter = (turns: readonly EpochMs[], after: EpochMs): EpochMs => {
  let first = Number.POSITIVE_INFINITY;
  for (const turn of turns) if (turn > after && turn < first) first = turn;
  return first;
};

/**
 * The first instant after `now` at which time alone changes the stage; `undefined` when it never will.
 * A wake at that instant is never late and never needless.
 */
export const wakeAt = (lifecycle: Lifecycle, subject: Subject, now: EpochMs): TimedMove | undefined => {
  const rules = rulesOf(lifecycle, subject.fit);
  const turns = turnsOf(rules, subject);
  const present = stageUnder(rules, subject, now);
  for (let at = firstAfter(turns, now); Number.isFinite(at); at = firstAfter(turns, at)) {
    const stage = stageUnder(rules, subject, at);
    if (stage !== present) return { at, stage };
  }
  return undefined;
};
