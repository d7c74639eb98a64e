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
