import type { Activity } from './activity.ts';
import type { VirtualClock } from './clock.ts';
import type { Timers } from './timers.ts';

/**
 * Moves the clock from one thing to do to the next: drain, jump to the next timer, run what is due, again until `at`.
 * Months with nothing to do have no timers in them and cost nothing.
 */
export class TimeTravel {
  readonly #clock: VirtualClock;
  readonly #timers: Timers;
  readonly #activity: Activity;
  #last: Promise<unknown> = Promise.resolve();

  constructor(clock: VirtualClock, timers: Timers, activity: Activity) {
    this.#clock = clock;
    this.#timers = timers;
    this.#activity = activity;
  }

  /** Travels are run one after another; a failed one does not stop those behind it. */
  to(at: number): Promise<void> {
    const travel = this.#last.then(() => this.#travel(at));
    this.#last = travel.catch(() => undefined);
    return travel;
  }

  async #travel(at: number): Promise<void> {
    await this.#activity.settled();
    for (let next = this.#timers.nextAt(); next !== undefined && next <= at; next = this.#timers.nextAt()) {
      this.#clock.moveTo(next);
      this.#timers.runDue();
      await this.#activity.settled();
    }
    this.#clock.moveTo(at);
    await this.#activity.idle();
  }
}
