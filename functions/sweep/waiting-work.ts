import type { StoreId } from '../../shared/domain/store.ts';
import type { EpochMs } from '../../shared/domain/time.ts';

type Waiting = Readonly<{ store: StoreId; dueAt: EpochMs }>;

/** When the next minute's work is due, and what went wrong with single stores, which held up no other. */
export type Worked = Readonly<{ nextDueAt?: EpochMs; faults: readonly unknown[] }>;

/** Does a minute's work for every store where it is due. */
export const workWaiting = async (
  waiting: readonly Waiting[],
  work: (store: StoreId) => Promise<void>,
  now: EpochMs,
): Promise<Worked> => {
  const due = waiting.filter(({ dueAt }) => dueAt <= now);
  const worked = await Promise.allSettled(due.map(({ store }) => work(store)));
  const next = waiting.find(({ dueAt }) => dueAt > now)?.dueAt;
  return {
    ...(next === undefined ? {} : { nextDueAt: next }),
    faults: worked.flatMap((one) => (one.status === 'rejected' ? [one.reason] : [])),
  };
};

/**
 * A minute's steps, one after the other, until one says there is none. A step that fails ends the minute, and what was done
 * before it counts: otherwise a walk whose every hundredth page fails would begin the same minute again for ever.
 */
export const asFarAsItGoes = async <T>(
  begun: T,
  step: (at: T) => Promise<T | undefined>,
): Promise<Readonly<{ reached: T; faults: readonly unknown[] }>> => {
  let reached = begun;
  try {
    for (let next = await step(reached); next !== undefined; next = await step(reached)) reached = next;
    return { reached, faults: [] };
  } catch (fault) {
    return { reached, faults: [fault] };
  }
};

/** What went wrong is heard of only behind the write that keeps what was done. */
export const failOnFirst = ([fault]: readonly unknown[]): void => {
  if (fault !== undefined) throw fault;
};
