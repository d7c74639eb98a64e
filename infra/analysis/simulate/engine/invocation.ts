import { type DurationMs, type EpochMs, minutes, seconds } from '../../../../shared/domain/time.ts';
import { chanceOf } from './chance.ts';
import type { FaultKind, Faults } from './faults.ts';
import type { RecordedTable } from './recorded-table.ts';
import type { Timeline } from './timeline.ts';
import type { Trace } from './trace.ts';

/** What one run is made of. */
export type Machine = Readonly<{
  seed: number;
  timeline: Timeline;
  faults: Faults;
  table: RecordedTable;
  trace: Trace;
  /** Somebody gets in between, just when a customer was read. */
  meanwhile: { act: (place: string, customerId: string) => void };
}>;

/** One running function: it lives until it answers, crashes or runs out of time. */
export type Invocation = {
  readonly name: string;
  /** What its clock said when it began. */
  readonly now: EpochMs;
  isOver: boolean;
  /** How it ended; a container outlives only what it answered. */
  fate?: 'answered' | 'failed';
  readonly crash: (why: string) => void;
};

/** A call to the world outside failed; whether it had its effect is another question. */
class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

type Work<T> = (invocation: Invocation) => Promise<T>;
/** A function that failed crashed, ran out of time, or threw by itself. */
export type Ended<T> = Readonly<{ type: 'answered'; value: T } | { type: 'failed'; by: 'crash' | 'time' | 'itself' }>;

/** Runs a function once. What crashed or ran out of time never goes on, and its source is told like on any other failure. */
export const invoke = <T>(
  machine: Machine,
  name: string,
  timeoutMs: DurationMs,
  work: Work<T>,
  ended: (outcome: Ended<T>) => void,
): void => {
  const { timeline, faults, trace } = machine;
  const place = faults.place(`invoke ${name}`);
  const end = (outcome: Ended<T>, why: string): void => {
    if (invocation.isOver) return;
    invocation.isOver = true;
    invocation.fate = outcome.type;
    trace.add(timeline.now(), `${name}: ${why}`);
    ended(outcome);
  };
  const invocation: Invocation = {
    name,
    now: Math.floor(timeline.now() + skewOf(machine, place)),
    isOver: false,
    crash: (why) => end({ type: 'failed', by: 'crash' }, `crashed ${why}`),
  };
  timeline.at(timeline.now() + timeoutMs, () => end({ type: 'failed', by: 'time' }, 'ran out of time'));
  work(invocation).then(
    (value) => end({ type: 'answered', value }, 'answered'),
    (error: unknown) =>
      end({ type: 'failed', by: 'itself' }, `threw ${error instanceof Error ? error.message : String(error)}`),
  );
};

/** Containers' clocks differ by seconds. */
const skewOf = ({ seed, faults }: Machine, place: string): DurationMs =>
  faults.at(place, ['skew']) === undefined ? 0 : (chanceOf(seed, 'skew', place) - 0.5) * seconds(4);

type EffectOptions = Readonly<{ kinds: readonly FaultKind[]; lagMs: DurationMs }>;

/** How long a call takes: mostly milliseconds, and minutes when the network stalls. */
const latencyOf = (seed: number, place: string, fault: FaultKind | undefined): DurationMs =>
  fault === 'stall' ? chanceOf(seed, 'stall', place) * minutes(2) : 1 + chanceOf(seed, 'latency', place) * 12;

/**
 * One call to the world outside: it takes time, so that others get in between, and it may fail before or after it had its
 * effect. What was on its way when its function ended still arrives, half the time.
 */
export const effect = <T>(
  machine: Machine,
  invocation: Invocation,
  name: string,
  { kinds, lagMs }: EffectOptions,
  apply: (fault: FaultKind | undefined, place: string) => Promise<T>,
): Promise<T> => {
  const { seed, timeline, faults, table, trace } = machine;
  const place = faults.place(`${invocation.name} ${name}`);
  const fault = faults.at(place, kinds);
  return new Promise((resolve, reject) => {
    timeline.at(timeline.now() + latencyOf(seed, place, fault), () => {
      if (invocation.isOver && chanceOf(seed, 'arrives', place) < 0.5) return;
      if (fault === 'crash-before') return invocation.crash(`before ${name}`);
      // What a sweep finds when nothing goes wrong would fill pages.
      if (fault !== undefined || !name.startsWith('due.'))
        trace.add(timeline.now(), `${place}${fault === undefined ? '' : ` (${fault})`}`);
      if (fault === 'error-before') return invocation.isOver || reject(new Unreachable(name));
      const applied = fault === 'stale' ? table.behind(lagMs, () => apply(fault, place)) : apply(fault, place);
      applied.then(
        (value) => {
          if (fault === 'crash-after') return invocation.crash(`after ${name}`);
          if (fault === 'error-after') return invocation.isOver || reject(new Unreachable(name));
          return invocation.isOver || resolve(value);
        },
        (error: unknown) => invocation.isOver || reject(error),
      );
    });
  });
};
