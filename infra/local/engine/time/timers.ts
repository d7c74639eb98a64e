import type { VirtualClock } from './clock.ts';

export interface Timer {
  readonly at: number;
  cancel(): void;
}

interface Entry extends Timer {
  readonly order: number;
  run: (() => void) | undefined;
}

const longestTimeoutMs = 2 ** 31 - 1;
const before = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** Everything that waits for virtual time, in a binary heap. Fires by itself while the clock ticks, or when it is moved. */
export class Timers {
  readonly #clock: VirtualClock;
  readonly #heap: Entry[] = [];
  #order = 0;
  #wall: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  at(at: number, run: () => void): Timer {
    const entry: Entry = {
      at,
      order: this.#order++,
      run,
      cancel() {
        entry.run = undefined;
      },
    };
    this.#push(entry);
    if (this.#heap[0] === entry) this.#arm();
    return entry;
  }

  after(delayMs: number, run: () => void): Timer {
    return this.at(this.#clock.now() + delayMs, run);
  }

  nextAt(): number | undefined {
    this.#dropCancelled();
    return this.#heap[0]?.at;
  }

  /** Runs what is due now, in order of time. */
  runDue(): void {
    for (let next = this.nextAt(); next !== undefined && next <= this.#clock.now(); next = this.nextAt())
      this.#pop()?.run?.();
    this.#arm();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#wall);
    this.#heap.length = 0;
  }

  #arm(): void {
    clearTimeout(this.#wall);
    const next = this.nextAt();
    if (next === undefined || this.#closed) return;
    const waitMs = Math.min(Math.max(next - this.#clock.now(), 0), longestTimeoutMs);
    this.#wall = setTimeout(() => this.runDue(), waitMs);
  }

  #dropCancelled(): void {
    while (this.#heap[0] !== undefined && this.#heap[0].run === undefined) this.#pop();
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let i = heap.push(entry) - 1;
    while (i > 0) {
      const up = (i - 1) >> 1;
      const parent = heap[up];
      if (parent === undefined || !before(entry, parent)) break;
      heap[i] = parent;
      heap[up] = entry;
      i = up;
    }
  }

  #pop(): Entry | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (last === undefined || last === top) return top;
    heap[0] = last;
    for (let i = 0; ; ) {
      const least = this.#leastOfFamily(i);
      if (least === i) return top;
      const child = heap[least];
      if (child === undefined) return top;
      heap[least] = last;
      heap[i] = child;
      i = least;
    }
  }

  #leastOfFamily(i: number): number {
    let least = i;
    for (const child of [2 * i + 1, 2 * i + 2]) {
      const a = this.#heap[child];
      const b = this.#heap[least];
      if (a !== undefined && b !== undefined && before(a, b)) least = child;
    }
    return least;
  }
}
