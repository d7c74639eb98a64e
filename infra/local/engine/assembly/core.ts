import { Metering } from '../control/metering.ts';
import { FaultBook } from '../faults/fault-book.ts';
import { Handover } from '../faults/handover.ts';
import { Activity } from '../time/activity.ts';
import { VirtualClock } from '../time/clock.ts';
import { Timers } from '../time/timers.ts';

/** What everything in a local stack shares. */
export interface Core {
  readonly clock: VirtualClock;
  readonly timers: Timers;
  readonly activity: Activity;
  readonly metering: Metering;
  readonly faults: FaultBook;
  readonly handover: Handover;
  readonly now: () => number;
  readonly log: (line: string) => void;
  readonly dataDir: string;
}

export const createCore = (startAt: number | undefined, dataDir: string, log: (line: string) => void): Core => {
  const clock = new VirtualClock(startAt);
  const now = () => clock.now();
  const timers = new Timers(clock);
  const activity = new Activity();
  const faults = new FaultBook();
  const handover = new Handover(faults, timers, activity);
  return { clock, timers, activity, metering: new Metering(now), faults, handover, now, log, dataDir };
};
