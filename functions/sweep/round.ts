import { type DurationMs, type EpochMs, minutes, seconds } from '../../shared/domain/time.ts';
import type { DueEntry, Round } from '../../shared/ports/due-index.ts';

/** Less than the minute between two ticks: where little is due, every tick offers what still stands. */
const shortestMs: DurationMs = seconds(50);
/** As long as a queue tries a message before it gives up. */
const longestMs: DurationMs = minutes(30);
/** What consumers may need for an entry of one shard when a backlog waits before them. */
const perEntryMs: DurationMs = 100;

/** The round to go on with: a new one when the last is through and its entries have had their time. */
export const roundAt = (round: Round, now: EpochMs): Round =>
  round.againAt !== undefined && round.againAt <= now ? { startedAt: now, handed: 0 } : round;

/** With these entries handed over: there was more to do, so the round is not through. */
export const extended = (round: Round, entries: readonly DueEntry[]): Round => {
  const place = entries.at(-1);
  if (place === undefined) return round;
  const { againAt: _againAt, ...open } = round;
  return { ...open, handed: round.handed + entries.length, place };
};

/**
 * Nothing more is due. Whatever then still stands in the index is offered again, but only when those who were handed it
 * had time to get to it: otherwise a backlog of ten minutes would be handed over ten times.
 *
 *   startedAt ──▶ page, page, … ──▶ through ┄┄ 100 ms for each entry, at least 50 s ┄┄▶ againAt (startedAt + 30 min at most)
 */
export const through = (round: Round, now: EpochMs): Round => ({
  ...round,
  againAt:
    round.againAt ?? Math.min(round.startedAt + longestMs, now + Math.max(shortestMs, round.handed * perEntryMs)),
});
