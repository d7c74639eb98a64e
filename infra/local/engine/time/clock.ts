import { performance } from 'node:perf_hooks';
import { monotonicMs } from './monotonic.ts';

/** Virtual time = wall clock + offset: it ticks by itself, can be moved forward, and never goes back. */
export class VirtualClock {
  /** One signed 64-bit number of microseconds, read by every worker thread. */
  readonly shared = new SharedArrayBuffer(8);
  readonly #offset = new BigInt64Array(this.shared);

  constructor(startAt: number | undefined) {
    const wallNow = performance.timeOrigin + performance.now();
    this.#set((startAt ?? wallNow) - monotonicMs());
  }

  now(): number {
    return Math.floor(monotonicMs() + Number(Atomics.load(this.#offset, 0)) / 1_000);
  }

  /** Moves to `at`; an instant that has passed already changes nothing. */
  moveTo(at: number): void {
    const ahead = at - this.now();
    if (ahead > 0) this.#set(Number(Atomics.load(this.#offset, 0)) / 1_000 + ahead);
  }

  #set(offsetMs: number): void {
    Atomics.store(this.#offset, 0, BigInt(Math.round(offsetMs * 1_000)));
  }
}
