import type { StageId } from '../customers/customer.ts';
import type { Subject } from '../facts/subject.ts';
import { daysOfShares } from '../fit/days-of-share.ts';
import type { Fit } from '../fit/fit.ts';
import type { Lifecycle } from '../lifecycle/lifecycle.ts';
import { stageOf } from '../lifecycle/stage-of.ts';
import type { EpochMs } from '../time.ts';

/** A change of stage that only other definitions would bring. */
export type Move = Readonly<{ from: StageId; to: StageId }>;

type Under = Readonly<{ lifecycle: Lifecycle; fit: Fit }>;

/** The customers among those asked who would stand elsewhere under other definitions. */
export const movesBetween = (
  before: Under,
  after: Under,
  subjects: readonly Omit<Subject, 'fit'>[],
  now: EpochMs,
): readonly Move[] =>
  subjects.flatMap((subject) => {
    const from = stageOf(before.lifecycle, { ...subject, fit: before.fit }, now);
    const to = stageOf(after.lifecycle, { ...subject, fit: after.fit }, now);
    return from === to ? [] : [{ from, to }];
  });

/** More of the customers than this, and a new fit is taken over at once. */
export const adoptAboveShare = 0.02;

/** Whether a proposed fit is taken over tonight: on the 1st, or when more than 2 % of customers would move. */
export const adopts = ({
  adopt = 'monthly',
  dayOfMonth,
  asked,
  moves,
}: Readonly<{ adopt?: Lifecycle['adopt']; dayOfMonth: number; asked: number; moves: number }>): boolean =>
  adopt === 'monthly' && (dayOfMonth === 1 || (asked > 0 && moves / asked > adoptAboveShare));

/** A threshold that moved by more than this is worth looking at everybody for. */
export const rebaseAboveShift = 0.25;

/** Whether a threshold in days moved by more than a quarter: then waiting for each customer's next event would leave many behind. */
export const needsRebase = (before: Fit, after: Fit): boolean => {
  const [old, fresh] = [daysOfShares(before), daysOfShares(after)];
  return old.some(({ days }, n) =>
    days.some((was, band) => Math.abs((fresh[n]?.days[band] ?? was) - was) > rebaseAboveShift * was),
  );
};
