import * as z from 'zod';
import type { InvokeOutcome } from '../compute/invoke-outcome.ts';
import type { NextTick } from './schedule-expression.ts';
import type { Timer, Timers } from './timers.ts';

const answer = z.object({ idleUntil: z.number().nullable() });

export interface ScheduleTask {
  next: NextTick;
  /** Runs the target for the tick at that instant. */
  run: (at: number) => Promise<InvokeOutcome>;
  now: () => number;
  /** Counts writes to tables; when it stands still, an idle handler's promise still holds. */
  writes: () => number;
}

/**
 * A schedule in virtual time. A handler that answers `{idleUntil}` (null: for ever) promises that ticks before then would
 * find nothing, as long as no table is written; those ticks are skipped, so months with nothing to do take no time.
 *
 *   tick ──▶ idleUntil ┄┄┄┄ skipped ┄┄┄┄▶ tick        tick ──▶ idleUntil ┄┄ write ──▶ next tick of the grid
 */
export class Schedule {
  readonly #task: ScheduleTask;
  readonly #timers: Timers;
  #timer: Timer | undefined;
  /** The promise, and the write count it was made at. */
  #sleep: { until: number; writes: number } | undefined;

  constructor(task: ScheduleTask, timers: Timers) {
    this.#task = task;
    this.#timers = timers;
  }

  start(): void {
    this.#arm(this.#task.next(this.#task.now()));
  }

  /** A table was written: a promise made before that is void. */
  wake(): void {
    if (this.#sleep === undefined || this.#sleep.writes === this.#task.writes()) return;
    this.#sleep = undefined;
    this.#arm(this.#task.next(this.#task.now()));
  }

  #arm(at: number | undefined): void {
    this.#timer?.cancel();
    this.#timer = at === undefined ? undefined : this.#timers.at(at, () => this.#tick(at));
  }

  #tick(at: number): void {
    const writes = this.#task.writes();
    this.#sleep = undefined;
    this.#arm(this.#task.next(Math.max(at, this.#task.now() - 1)));
    void this.#task.run(at).then((outcome) => {
      const until = promised(outcome);
      if (until === undefined || writes !== this.#task.writes()) return;
      this.#sleep = { until, writes };
      this.#arm(
        until === Number.POSITIVE_INFINITY ? undefined : this.#task.next(Math.max(until - 1, this.#task.now())),
      );
    });
  }
}

const promised = (outcome: InvokeOutcome): number | undefined => {
  if (outcome.type === 'failed') return undefined;
  const parsed = answer.safeParse(JSON.parse(outcome.payload));
  return parsed.success ? (parsed.data.idleUntil ?? Number.POSITIVE_INFINITY) : undefined;
};
