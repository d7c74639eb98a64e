import type { Activity } from '../time/activity.ts';
import type { Timers } from '../time/timers.ts';
import type { FaultBook } from './fault-book.ts';
import type { FaultService } from './fault-rule.ts';

/** How long something may be overtaken by what came after it, in virtual time. */
const longestOvertakenMs = 200;
export const defaultDelayMs = 60_000;

/** Hands things from one service to the next: usually once and now, under faults twice, late, overtaken or never. */
export class Handover {
  readonly #faults: FaultBook;
  readonly #timers: Timers;
  readonly #activity: Activity;

  constructor(faults: FaultBook, timers: Timers, activity: Activity) {
    this.#faults = faults;
    this.#timers = timers;
    this.#activity = activity;
  }

  /** `arrive` is called once for every arrival, and told whether it is the first. */
  pass(service: FaultService, name: string, arrive: (isFirst: boolean) => void): void {
    this.#one(service, name, () => arrive(true));
    if (this.#faults.draw(service, ['duplicate'], name) !== undefined) this.#one(service, name, () => arrive(false));
  }

  #one(service: FaultService, name: string, arrive: () => void): void {
    if (this.#faults.draw(service, ['drop'], name) !== undefined) return;
    const late = this.#faults.draw(service, ['delay'], name);
    const overtaken = this.#faults.draw(service, ['reorder'], name);
    if (late !== undefined) this.#timers.after(late.rule.delayMs ?? defaultDelayMs, arrive);
    else if (overtaken !== undefined) this.#soon(overtaken.random() * longestOvertakenMs, arrive);
    else arrive();
  }

  /** So short a wait is part of being busy: nobody may call the run idle meanwhile. */
  #soon(delayMs: number, arrive: () => void): void {
    this.#activity.beginWait();
    this.#timers.after(delayMs, () => {
      arrive();
      this.#activity.endWait();
    });
  }
}
