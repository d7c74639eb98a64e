import { type DurationMs, type EpochMs, minutes, seconds } from '../../shared/domain/time.ts';
import type { DueEntry, DueIndex, DuePage, Round } from '../../shared/ports/due-index.ts';
import { type Handlers, handOvers } from './hand-over.ts';
import { extended, roundAt, through } from './round.ts';

export type SweepDeps = Handlers & Readonly<{ due: DueIndex }>;

/** Entries asked for and handed over at once. */
export const pageSize = 50;
/** A page is held about as long as the function may run, and less than the minute between two ticks. */
export const turnMs: DurationMs = seconds(50);
/** How long a page waits for the worker it was handed on to, before a tick takes it back. */
const callMs: DurationMs = minutes(2);

export type TurnTerms = Readonly<{
  now: EpochMs;
  /** Pages this turn may take. */
  pages: number;
  /** Asked before every page. */
  hasTime: () => boolean;
  /** The lease a message brought along. */
  from?: EpochMs;
  /** The oldest entries, when the caller has just read them. */
  head?: readonly DueEntry[];
}>;

/** `more`: due entries were left, and the page waits until `lease` for the worker who names it. */
export type TurnEnd = Readonly<{ faults: readonly unknown[] }> &
  (
    | Readonly<{ type: 'held' }>
    | Readonly<{ type: 'through'; nextDueAt?: EpochMs }>
    | Readonly<{ type: 'more'; lease: EpochMs }>
  );

/**
 * Hands over what is due of one kind and shard, oldest first, from where the last turn stopped. Only the holder of the
 * page's lease does so, and the next one goes on behind what was handed over: overlapping ticks and workers do nothing twice.
 */
export const takeTurn = async (deps: SweepDeps, page: DuePage, terms: TurnTerms): Promise<TurnEnd> => {
  const { now, from } = terms;
  const until = now + turnMs;
  const left = await deps.due.lease(page, { now, until, ...(from !== undefined && { from }) });
  if (left === undefined) return { type: 'held', faults: [] };
  const work: Work = { round: roundAt(left, now), faults: [] };
  try {
    const end = await handOverPages(deps, page, terms, work);
    if (end.type === 'through') work.round = through(work.round, now);
    if (isOneLook(left, work.round, until)) return { ...end, faults: work.faults };
    await deps.due.release(page, until, work.round, end.type === 'more' ? end.lease : undefined);
    return { ...end, faults: work.faults };
  } catch (fault) {
    await deps.due.release(page, until, work.round);
    throw fault;
  }
};

/** Little was due and nothing was left over: the lease runs out when the round may begin again, so there is nothing to write. */
const isOneLook = (before: Round, after: Round, until: EpochMs): boolean =>
  before.place === undefined && after.againAt !== undefined && after.againAt <= until;

/** What a turn has done so far: kept when it fails half-way. */
type Work = { round: Round; faults: readonly unknown[] };
type PagesEnd = Readonly<{ type: 'through'; nextDueAt?: EpochMs } | { type: 'more'; lease: EpochMs }>;

const handOverPages = async (deps: SweepDeps, page: DuePage, terms: TurnTerms, work: Work): Promise<PagesEnd> => {
  const { now, pages, hasTime, head } = terms;
  for (let n = 0; n < pages && hasTime(); n++) {
    const { place } = work.round;
    const oldest =
      place === undefined && head !== undefined ? head : await deps.due.oldest(page.kind, page.shard, pageSize, place);
    const due = oldest.filter(({ dueAt }) => dueAt <= now);
    work.faults = [...work.faults, ...(await handOvers[page.kind].handOver(deps, due, now))];
    work.round = extended(work.round, due);
    if (due.length < pageSize) return { type: 'through', ...nextAfter(oldest, now) };
  }
  return { type: 'more', lease: now + callMs };
};

/** The first instant at which something else will be due, as far as these entries tell. */
export const nextAfter = (oldest: readonly DueEntry[], now: EpochMs): Readonly<{ nextDueAt?: EpochMs }> => {
  const next = oldest.find(({ dueAt }) => dueAt > now)?.dueAt;
  return next === undefined ? {} : { nextDueAt: next };
};
