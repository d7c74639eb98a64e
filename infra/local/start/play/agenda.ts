import type { EpochMs } from '../../../../shared/domain/time.ts';

/** Things to come, oldest first; of one instant, in the order they were planned. */
export interface Agenda<T extends Readonly<{ at: EpochMs }>> {
  readonly length: number;
  add(item: T): void;
  nextAt(): EpochMs | undefined;
  /** Removes and returns what is due by `until`. */
  take(until: EpochMs): readonly T[];
  /** Removes what matches. */
  drop(matches: (item: T) => boolean): void;
}

/** A sorted list suffices: a story has a few thousand things ahead of it at most. */
export const agenda = <T extends Readonly<{ at: EpochMs }>>(): Agenda<T> => {
  let items: T[] = [];
  const placeOf = (at: EpochMs): number => {
    let [low, high] = [0, items.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((items[middle]?.at ?? Number.POSITIVE_INFINITY) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    get length() {
      return items.length;
    },
    add: (item) => void items.splice(placeOf(item.at), 0, item),
    nextAt: () => items[0]?.at,
    take: (until) => items.splice(0, placeOf(until)),
    drop: (matches) => {
      items = items.filter((item) => !matches(item));
    },
  };
};
