import type { Customer, StageId } from '../customers/customer.ts';
import { excludedStage } from '../customers/excluded.ts';
import { freshHash, freshWindowMs } from '../facts/fold-orders.ts';
import type { OrderHistory } from '../facts/order-history.ts';
import type { Subject } from '../facts/subject.ts';
import type { Fit } from '../fit/fit.ts';
import type { OrderRow } from '../orders/order-row.ts';
import type { EpochMs } from '../time.ts';
import type { Cause } from './cause.ts';
import type { Lifecycle } from './lifecycle.ts';
import { stageAndWake, stageOf, timedMoves } from './stage-of.ts';

/** Where a customer stood when last decided; absent at first sight. */
export type Standing = Pick<
  Customer,
  'stage' | 'visit' | 'from' | 'since' | 'decidedAt' | 'cause' | 'causeOrder' | 'history' | 'wakeAt'
>;

/** The standing within a customer. */
export const standingOf = (customer: Customer): Standing => {
  const { stage, visit, from, since, decidedAt, cause, causeOrder, history, wakeAt: wake } = customer;
  return {
    ...{ stage, visit, since, decidedAt, cause, history },
    ...(from === undefined ? {} : { from }),
    ...(causeOrder === undefined ? {} : { causeOrder }),
    ...(wake === undefined ? {} : { wakeAt: wake }),
  };
};

/** What a decision is taken from. */
export type DecisionInput = Readonly<{
  lifecycle: Lifecycle;
  subject: Subject;
  before?: Standing | undefined;
  /** What `before` was decided under, where that differs from what holds now. */
  previous?: Readonly<{ lifecycle: Lifecycle; fit: Fit }> | undefined;
  /** The newest order that counts now and did not before, placed within 72 hours; absent when there is none. */
  newOrder?: Readonly<{ key: string; placedAt: EpochMs }> | undefined;
  /** The store keeps this person out of every stage. */
  excluded?: boolean;
  /** Own time of the latest event that arrived. */
  lastEventAt?: EpochMs | undefined;
  /** Profile, signals or consent differ from what `before` was decided from. */
  personChanged?: boolean;
  now: EpochMs;
}>;

const outside = { stage: excludedStage, wake: undefined };

/** Stage, visit and wake after looking at a customer; equal facts give an equal decision. */
export const decide = (input: DecisionInput): Standing => {
  const { lifecycle, subject, before, now } = input;
  const { stage, wake: next } = input.excluded ? outside : stageAndWake(lifecycle, subject, now);
  const wake = next === undefined ? {} : { wakeAt: next.at };
  if (before !== undefined && before.stage === stage)
    return { ...withoutWake(before), history: subject.history, ...wake };
  const cause = stage === excludedStage ? 'correction' : causeOf(input);
  return {
    stage,
    visit: (before?.visit ?? 0) + 1,
    ...(before === undefined ? {} : { from: before.stage }),
    since: effectiveAt(input, cause, stage),
    decidedAt: now,
    cause,
    ...(cause === 'order' && input.newOrder !== undefined ? { causeOrder: input.newOrder.key } : {}),
    history: subject.history,
    ...wake,
  };
};

const withoutWake = ({ wakeAt: _wakeAt, ...standing }: Standing): Standing => standing;

/** Why the decision differs from the one before. */
export const causeOf = (input: DecisionInput): Cause => {
  const { before, subject, newOrder, lastEventAt, personChanged, now } = input;
  if (explainedByVersions(input)) return 'rebase';
  if (newOrder !== undefined) return 'order';
  if (before?.stage === excludedStage) return 'correction';
  if (before === undefined) return subject.history.placed === 0 && isFresh(lastEventAt, now) ? 'event' : 'import';
  const cause = causeOfChange(before.history, subject.history);
  if (cause !== 'time' || !personChanged) return cause;
  return isFresh(lastEventAt, now) ? 'event' : 'import';
};

/** Under the versions before, the customer would stand where they stood: nothing but the new versions moves them. */
const explainedByVersions = ({ before, previous, subject, excluded, now }: DecisionInput): boolean =>
  before !== undefined &&
  previous !== undefined &&
  !excluded &&
  stageOf(previous.lifecycle, { ...subject, fit: previous.fit }, now) === before.stage;

const isFresh = (at: EpochMs | undefined, now: EpochMs): boolean => at !== undefined && at > now - freshWindowMs;

const causeOfChange = (before: OrderHistory, after: OrderHistory): Cause => {
  if (after.counted > before.counted || (after.counted === before.counted && after.placed > before.placed))
    return 'import';
  const same =
    after.counted === before.counted && after.lastAt === before.lastAt && after.revenueMinor === before.revenueMinor;
  return same ? 'time' : 'correction';
};

/** When the change took effect: the order's placing, or the instant at which time alone brought it. */
const effectiveAt = (
  { before, lifecycle, subject, newOrder, lastEventAt, now }: DecisionInput,
  cause: Cause,
  stage: StageId,
): EpochMs => {
  if (cause === 'order' && newOrder !== undefined) return newOrder.placedAt;
  if (cause === 'event' && lastEventAt !== undefined) return lastEventAt;
  if (cause !== 'time' || before === undefined) return now;
  return [...timedMoves(lifecycle, subject, before.since, now)].findLast((move) => move.stage === stage)?.at ?? now;
};

/** The newest counted order placed within 72 hours that the decision before did not know. */
export const newOrderOf = (
  counted: readonly OrderRow[],
  before: OrderHistory | undefined,
  now: EpochMs,
): DecisionInput['newOrder'] => {
  const known = before?.fresh ?? [];
  const newest = counted.findLast(
    ({ key, placedAt }) => placedAt > now - freshWindowMs && !known.includes(freshHash(key)),
  );
  return newest === undefined ? undefined : { key: newest.key, placedAt: newest.placedAt };
};
