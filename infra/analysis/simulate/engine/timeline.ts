import type { EpochMs } from '../../../../shared/domain/time.ts';

type Entry = Readonly<{ at: EpochMs; order: number; act: () => void }>;

/** Virtual time: what is to happen and when. Between two entries nothing happens, and all that was awaited has run. */
export type Timeline = Readonly<{
  now(): EpochMs;
  steps(): number;
  at(time: EpochMs, act: () => void): void;
  /** The instant of the next entry. */
  next(): EpochMs | undefined;
  /** Runs every entry up to the instant, or until so many steps were taken; `false` = it never came to rest. */
  runTo(until: EpochMs, maxSteps: number): Promise<boolean>;
}>;

const isBefore = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** What was resolved goes on running before an immediate does. */
const drained = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

export const makeTimeline = (startAt: EpochMs): Timeline => {
  const heap: Entry[] = [];
  let now = startAt;
  let order = 0;
  let steps = 0;
  return {
    now: () => now,
    steps: () => steps,
    next: () => heap[0]?.at,
    at: (time, act) => push(heap, { at: Math.max(time, now), order: order++, act }),
    async runTo(until, maxSteps) {
      for (let entry = heap[0]; entry !== undefined && entry.at <= until; entry = heap[0]) {
        if (steps++ >= maxSteps) return false;
        pop(heap);
        now = entry.at;
        entry.act();
        await drained();
      }
      now = Math.max(now, until);
      return true;
    },
  };
};

const push = (heap: Entry[], entry: Entry): void => {
  let place = heap.length;
  while (place > 0) {
    const above = (place - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || !isBefore(entry, parent)) break;
    heap[place] = parent;
    place = above;
  }
  heap[place] = entry;
};

const pop = (heap: Entry[]): void => {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let place = 0;
  for (;;) {
    const child = smallerChild(heap, place);
    const entry = heap[child];
    if (entry === undefined || !isBefore(entry, last)) break;
    heap[place] = entry;
    place = child;
  }
  heap[place] = last;
};

const smallerChild = (heap: readonly Entry[], place: number): number => {
  const [left, right] = [heap[2 * place + 1], heap[2 * place + 2]];
  return right !== undefined && left !== undefined && isBefore(right, left) ? 2 * place + 2 : 2 * place + 1;
};
