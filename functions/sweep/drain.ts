import { type DurationMs, type EpochMs, seconds } from '../../shared/domain/time.ts';
import type { DueEntry } from '../../shared/ports/due-index.ts';
import type { DuePages } from '../../shared/ports/due-pages.ts';
import { type DuePage, handOver, pageSize, type SweepDeps } from './sweep.ts';

export type DrainDeps = SweepDeps & Readonly<{ pages: DuePages }>;

/** A worker holds its shard no longer than the function may run. */
export const drainLeaseMs: DurationMs = seconds(50);
/** Pages one worker takes before it hands on; at about 50 ms each well within its lease. */
const maxPages = 200;

/**
 * Works through one kind and shard, oldest first, until nothing more is due. Only the holder of the shard's lease works, so
 * a second message for the same shard, or an overlapping tick, does nothing twice. Behind the last page it took it asks for
 * another worker.
 */
export const drain = async (deps: DrainDeps, { kind, shard }: DuePage, now: EpochMs): Promise<void> => {
  if (!(await deps.due.lease(kind, shard, now, now + drainLeaseMs))) return;
  let last: DueEntry | undefined;
  for (let page = 0; page < maxPages; page++) {
    const due = (await deps.due.oldest(kind, shard, pageSize, last)).filter(({ dueAt }) => dueAt <= now);
    await handOver(deps, kind, due, now);
    if (due.length < pageSize) return;
    last = due.at(-1);
  }
  await deps.pages.enqueue([{ kind, shard }]);
};
