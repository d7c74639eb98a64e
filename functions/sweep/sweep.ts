import type { EpochMs } from '../../shared/domain/time.ts';
import { type DueKind, type DuePage, dueKinds } from '../../shared/ports/due-index.ts';
import type { DuePageCall } from '../../shared/ports/due-pages.ts';
import { nextAfter, pageSize, type SweepDeps, type TurnEnd, takeTurn, turnMs } from './turn.ts';

/**
 * What a tick found: pages behind which more is due, each waiting for a worker; the first instant at which something else
 * will be due; and what went wrong, which stopped nothing else.
 */
export type Swept = Readonly<{ full: readonly DuePageCall[]; nextDueAt?: EpochMs; faults: readonly unknown[] }>;

/**
 * Hands over the oldest page of every kind and shard: one kind after the other, so that none waits behind a later one, and
 * one page of each, so that each has its share. An entry leaves the index by the write that handles it, never here: what is
 * lost on the way is found again by a later tick.
 */
export const sweep = async (deps: SweepDeps, now: EpochMs, kinds: readonly DueKind[] = dueKinds): Promise<Swept> => {
  const swept: Swept[] = [];
  for (const kind of kinds) swept.push(...(await sweepKind(deps, kind, now)));
  const next = Math.min(...swept.map(({ nextDueAt }) => nextDueAt ?? Number.POSITIVE_INFINITY));
  return {
    full: swept.flatMap(({ full }) => full),
    faults: swept.flatMap(({ faults }) => faults),
    ...(Number.isFinite(next) && { nextDueAt: next }),
  };
};

const sweepKind = async (deps: SweepDeps, kind: DueKind, now: EpochMs): Promise<readonly Swept[]> => {
  const shards = Array.from({ length: deps.due.shards }, (_, shard) => shard);
  const outcomes = await Promise.allSettled(shards.map((shard) => sweepPage(deps, { kind, shard }, now)));
  return outcomes.map((outcome) =>
    outcome.status === 'fulfilled' ? outcome.value : { full: [], faults: [outcome.reason] },
  );
};

/** A look is half a read unit; the lease is taken only when something is due. */
const sweepPage = async (deps: SweepDeps, page: DuePage, now: EpochMs): Promise<Swept> => {
  const head = await deps.due.oldest(page.kind, page.shard, pageSize);
  const seen = nextAfter(head, now);
  if (head[0] === undefined || head[0].dueAt > now) return { full: [], faults: [], ...seen };
  const end = await takeTurn(deps, page, { now, pages: 1, hasTime: () => true, head });
  return { ...seen, ...sweptBy(page, end, now) };
};

/** What somebody else holds is due all the same: the local run must not sleep past it. */
const sweptBy = (page: DuePage, end: TurnEnd, now: EpochMs): Swept => ({
  full: end.type === 'more' ? [{ ...page, lease: end.lease }] : [],
  faults: end.faults,
  ...(end.type === 'through' && end.nextDueAt !== undefined && { nextDueAt: end.nextDueAt }),
  ...(end.type === 'held' && { nextDueAt: now + turnMs }),
});
