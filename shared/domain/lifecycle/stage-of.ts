import { holds } from '../conditions/evaluate.ts';
import { turningPointsBetween } from '../conditions/flips.ts';
import type { StageId } from '../customers/customer.ts';
import { LifecycleError } from '../errors.ts';
import type { Subject } from '../facts/subject.ts';
import type { EpochMs } from '../time.ts';
import type { Lifecycle } from './lifecycle.ts';

/**
 * The stage a customer stands in at an instant. It has no memory: any order of arrival and any replay agree.
 *
 * @throws {LifecycleError} `policy.invalid` when no stage holds, because the last one has a condition.
 */
export const stageOf = (lifecycle: Lifecycle, subject: Subject, at: EpochMs): StageId => {
  const stage = lifecycle.stages.find(({ when }) => when === undefined || holds(when, subject, at));
  if (stage !== undefined) return stage.id;
  throw new LifecycleError(
    'policy.invalid',
    `cannot decide a stage: 'stages' must end with one without a condition, got ${lifecycle.name}`,
    {
      field: 'stages',
      value: lifecycle.name,
    },
  );
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
  const conditions = lifecycle.stages.flatMap(({ when }) => (when === undefined ? [] : [when]));
  let present = stageOf(lifecycle, subject, after);
  for (const at of turningPointsBetween(conditions, subject, after, until)) {
    const stage = stageOf(lifecycle, subject, at);
    if (stage !== present) yield { at, stage };
    present = stage;
  }
}

/**
 * The first instant after `now` at which time alone changes the stage; `undefined` when it never will.
 * A wake at that instant is never late and never needless.
 */
export const wakeAt = (lifecycle: Lifecycle, subject: Subject, now: EpochMs): TimedMove | undefined =>
  timedMoves(lifecycle, subject, now).next().value ?? undefined;
