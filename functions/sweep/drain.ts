import type { EpochMs } from '../../shared/domain/time.ts';
import type { DuePageCall, DuePages } from '../../shared/ports/due-pages.ts';
import { handOvers } from './hand-over.ts';
import { type SweepDeps, takeTurn } from './turn.ts';

export type DrainDeps = SweepDeps & Readonly<{ pages: DuePages; hasTime: () => boolean }>;

/**
 * Works through one kind and shard, oldest first, for as long as its kind may at a time. It comes with the lease that was
 * handed on to it, and hands it on to the next worker when more is due: a message that comes twice finds the lease taken.
 *
 * @returns What went wrong with single entries.
 */
export const drain = async (deps: DrainDeps, call: DuePageCall, now: EpochMs): Promise<readonly unknown[]> => {
  const { kind, shard, lease: from } = call;
  const pages = handOvers[kind].pagesPerTurn;
  const end = await takeTurn(deps, { kind, shard }, { now, pages, hasTime: deps.hasTime, from });
  if (end.type === 'more') await deps.pages.enqueue([{ kind, shard, lease: end.lease }]);
  return end.faults;
};
