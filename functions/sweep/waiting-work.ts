import type { StoreId } from '../../shared/domain/store.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { StoreWork } from '../../shared/ports/store-work.ts';

/** When the next minute's work is due, and what went wrong with single stores, which held up no other. */
export type Worked = Readonly<{ nextDueAt?: EpochMs; faults: readonly unknown[] }>;

/** A minute of work: where it begins, one step of it (`undefined`: no more this minute), and how it is written down. */
export type Minute<T, At> = Readonly<{
  first: At;
  step(at: At): Promise<At | undefined>;
  written(reached: At): T;
}>;

type Dated = Readonly<{ version: number; dueAt?: EpochMs }>;

/**
 * Does a minute's work for every store where it is due. Done first, written down afterwards: a crash in between does the same
 * again, which changes nothing. Of two ticks at once one is told it came second, and work begun anew meanwhile stays as it is.
 */
export const workWaiting = async <T extends Dated, At>(
  works: StoreWork<T>,
  now: EpochMs,
  minute: (store: StoreId, begun: T) => Minute<T, At> | Promise<Minute<T, At>>,
): Promise<Worked> => {
  const waiting = await works.waiting();
  const due = waiting.filter(({ dueAt }) => dueAt <= now);
  const worked = await Promise.allSettled(due.map(({ store }) => workMinute(works, store, now, minute)));
  const next = waiting.find(({ dueAt }) => dueAt > now)?.dueAt;
  return {
    ...(next === undefined ? {} : { nextDueAt: next }),
    faults: worked.flatMap((one) => (one.status === 'rejected' ? [one.reason] : one.value)),
  };
};

const workMinute = async <T extends Dated, At>(
  works: StoreWork<T>,
  store: StoreId,
  now: EpochMs,
  minute: (store: StoreId, begun: T) => Minute<T, At> | Promise<Minute<T, At>>,
): Promise<readonly unknown[]> => {
  const begun = await works.load(store);
  if (begun?.dueAt === undefined || begun.dueAt > now) return [];
  const { first, step, written } = await minute(store, begun);
  const { reached, faults } = await asFarAsItGoes(first, step);
  await works.save(store, written(reached));
  return faults;
};

/**
 * A minute's steps, one after the other, until one says there is none. A step that fails ends the minute, and what was done
 * before it counts: otherwise a walk whose every hundredth page fails would begin the same minute again for ever.
 */
export const asFarAsItGoes = async <At>(
  first: At,
  step: (at: At) => Promise<At | undefined>,
): Promise<Readonly<{ reached: At; faults: readonly unknown[] }>> => {
  let reached = first;
  try {
    for (let next = await step(reached); next !== undefined; next = await step(reached)) reached = next;
    return { reached, faults: [] };
  } catch (fault) {
    return { reached, faults: [fault] };
  }
};
