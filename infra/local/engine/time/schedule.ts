import * as z from 'zod';
import type { InvokeOutcome } from '../compute/invoke-outcome.ts';
import type { NextTick } from './schedule-expression.ts';
import type { Timer, Timers } from './timers.ts';

const answer = z.object({ idleUntil: z.number().nullable(), follows: z.string().optional() });

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
 * A handler that adds `follows`, the name of an attribute that begins with an instant (15 digits, epoch ms), says which
 * writes matter to it: the promise then ends with the earliest instant written there and not taken back.
 *
 *   tick ──▶ idleUntil ┄┄┄┄ skipped ┄┄┄┄▶ tick        tick ──▶ idleUntil ┄┄ write ──▶ next tick of the grid
 */
export class Schedule {
  readonly #task: ScheduleTask;
  readonly #timers: Timers;
  #timer: Timer | undefined;
  /** The promise, and the write count it was made at. */
  #sleep: { until: number; writes: number } | undefined;
  #follows: string | undefined;
  /** A timer for each item that carries the followed attribute, by the item's key. */
  readonly #followed = new Map<string, Timer>();
  #tickedAt = 0;

  constructor(task: ScheduleTask, timers: Timers) {
    this.#task = task;
    this.#timers = timers;
  }

  start(): void {
    this.#arm(this.#task.next(this.#task.now()));
  }

  /** A table was written: a promise made before that is void. */
  wake(): void {
    if (this.#follows !== undefined || this.#sleep === undefined || this.#sleep.writes === this.#task.writes()) return;
    this.#sleep = undefined;
    this.#arm(this.#task.next(this.#task.now()));
  }

  /** An item was written, or removed: what it carries in the followed attribute replaces what it carried before. */
  follow(keys: Record<string, unknown>, image: Record<string, unknown> | undefined): void {
    if (this.#follows === undefined) return;
    const key = JSON.stringify(Object.entries(keys).sort());
    this.#followed.get(key)?.cancel();
    this.#followed.delete(key);
    const due = instantIn(image?.[this.#follows]);
    if (due !== undefined) this.#armFollowed(key, this.#task.next(Math.max(due - 1, this.#task.now())));
  }

  /** Until the item is written again every tick is needed, as it would be without any promise. */
  #armFollowed(key: string, at: number | undefined): void {
    if (at === undefined) return;
    const timer = this.#timers.at(at, () => {
      this.#armFollowed(key, this.#task.next(at));
      if (this.#tickedAt < at) this.#tick(at);
    });
    this.#followed.set(key, timer);
  }

  #arm(at: number | undefined): void {
    this.#timer?.cancel();
    this.#timer = at === undefined ? undefined : this.#timers.at(at, () => this.#tick(at));
  }

  #tick(at: number): void {
    const writes = this.#task.writes();
    this.#tickedAt = at;
    this.#sleep = undefined;
    this.#arm(this.#task.next(Math.max(at, this.#task.now() - 1)));
    void this.#task.run(at).then((outcome) => {
      const promise = promised(outcome);
      if (promise === undefined) return;
      const { until, follows } = promise;
      // The first promise that names an attribute is taken only if nothing was written meanwhile: from then on all is followed.
      if (writes !== this.#task.writes() && (follows === undefined || follows !== this.#follows)) return;
      this.#follows = follows;
      this.#sleep = { until, writes };
      this.#arm(
        until === Number.POSITIVE_INFINITY ? undefined : this.#task.next(Math.max(until - 1, this.#task.now())),
      );
    });
  }
}

const promised = (outcome: InvokeOutcome): { until: number; follows: string | undefined } | undefined => {
  if (outcome.type === 'failed') return undefined;
  const parsed = answer.safeParse(JSON.parse(outcome.payload));
  if (!parsed.success) return undefined;
  return { until: parsed.data.idleUntil ?? Number.POSITIVE_INFINITY, follows: parsed.data.follows };
};

const text = z.object({ S: z.string().regex(/^\d{15}/) });

const instantIn = (attribute: unknown): number | undefined => {
  const parsed = text.safeParse(attribute);
  return parsed.success ? Number(parsed.data.S.slice(0, 15)) : undefined;
};
