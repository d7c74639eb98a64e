import { Metering } from '../control/metering.ts';
import { Activity } from '../time/activity.ts';
import { VirtualClock } from '../time/clock.ts';
import { Timers } from '../time/timers.ts';

/** What everything in a local stack shares. */
export interface Core {
  readonly clock: VirtualClock;
  readonly timers: Timers;
  readonly activity: Activity;
  readonly metering: Metering;
  readonly now: () => number;
  readonly log: (line: string) => void;
  readonly dataDir: string;
}

export const createCore = (startAt: number | undefined, dataDir: string, log: (line: string) => void): Core => {
  const clock = new VirtualClock(startAt);
  const now = () => clock.now();
  return { clock, timers: new Timers(clock), activity: new Activity(), metering: new Metering(now), now, log, dataDir };
};
