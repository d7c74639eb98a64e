import { type EpochMs, minutes } from '../../../../shared/domain/time.ts';
import { type Invocation, invoke, type Machine } from '../engine/invocation.ts';

/**
 * The schedule of every minute: never repeated when it fails. Minutes in which nothing is due are passed over.
 *
 * @param nextDue When something will be due, as far as the tick would hand it over.
 */
export const makeMinuteTick = (
  machine: Machine,
  nextDue: () => EpochMs,
  work: (invocation: Invocation) => Promise<void>,
) => {
  const { timeline } = machine;
  let nextAt = Number.POSITIVE_INFINITY;
  const minuteAfter = (at: EpochMs): EpochMs => Math.floor(at / minutes(1)) * minutes(1) + minutes(1);
  const wakeBy = (dueAt: EpochMs): void => {
    if (!Number.isFinite(dueAt)) return;
    const at = minuteAfter(Math.max(dueAt, timeline.now()));
    if (at >= nextAt) return;
    nextAt = at;
    timeline.at(at, () => tick(at));
  };
  const tick = (at: EpochMs): void => {
    if (at !== nextAt) return;
    nextAt = Number.POSITIVE_INFINITY;
    invoke(machine, 'sweep', minutes(1), work, () => undefined);
    wakeBy(nextDue());
  };
  return { wakeBy };
};
