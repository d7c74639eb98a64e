import type { CustomerId, DecidedUnder } from '../customers/customer.ts';
import { type EpochMs, minutes } from '../time.ts';
import { isOlder } from './adoption.ts';

/**
 * How far looking at everybody again has come. It goes through the shards of the roll from the first to the last, and again
 * until a round finds nobody left: what a queue lost, or react failed at, is found by the next round.
 */
export type Rebase = DecidedUnder &
  Readonly<{
    /** Counts writes; 0 = never written. */
    version: number;
    startedAt: EpochMs;
    /** At most so many customers are handed on in a minute. */
    perMinute: number;
    /** Customers of the store: an estimate in the first round, counted from the second on. */
    total: number;
    /** The round under way, from 1. */
    round: number;
    /** The shard of the roll under way, and the customer behind whom it goes on. */
    shard: number;
    after?: CustomerId;
    /** Customers of this round so far: looked at, and of those handed on. */
    passed: number;
    handed: number;
    /** When the next page is due; absent once finished. */
    dueAt?: EpochMs;
    finishedAt?: EpochMs;
    /** How many the last round still had to hand on, where there were rounds enough: react fails for them again and again. */
    left?: number;
  }>;

/** A customer as a rebase sees them. */
export type Standing = Readonly<{ customerId: CustomerId; decidedUnder: DecidedUnder }>;

/** Warm functions know new versions within a minute. */
export const rebasePauseMs = minutes(1);
/** Customers handed on in a minute where nobody set another pace. */
export const usualRebasePerMinute = 1_000;
/** Customers looked at in one go, at most: those who are under these versions already cost next to nothing. */
const looksPerMinute = 50_000;
const maxRounds = 5;
/** A function that remembered the versions before for a minute may write for two more: until then a round that finds nobody is not the last. */
const lateWritesMs = minutes(3);

/**
 * A rebase to these versions, which replaces the one before, if there was one. It goes to nothing older than that one did: of
 * a lifecycle and a fit taken over in one moment, whichever is told last knows of both.
 */
export const beginRebase = (
  to: DecidedUnder,
  before: Pick<Rebase, 'version' | keyof DecidedUnder> | undefined,
  { now, total, perMinute }: Readonly<{ now: EpochMs; total: number; perMinute: number }>,
): Rebase => ({
  version: (before?.version ?? 0) + 1,
  lifecycle: Math.max(to.lifecycle, before?.lifecycle ?? 0),
  fit: Math.max(to.fit, before?.fit ?? 0),
  startedAt: now,
  perMinute,
  total,
  ...{ round: 1, shard: 0, passed: 0, handed: 0 },
  dueAt: now + rebasePauseMs,
});

/** What is left of this minute: customers that may still be handed on, and looked at. */
export type Allowance = Readonly<{ hand: number; look: number }>;
export const allowanceOf = ({ perMinute }: Rebase): Allowance => ({ hand: perMinute, look: looksPerMinute });

/**
 * Takes a page of a shard: who is to be looked at again, and where the rebase stands behind them. A page is cut short where
 * the allowance ends.
 */
export const takePage = (
  rebase: Rebase,
  page: Readonly<{ entries: readonly Standing[]; next?: CustomerId }>,
  allowed: Allowance,
): Readonly<{ rebase: Rebase; hand: readonly CustomerId[]; allowed: Allowance }> => {
  const hand: CustomerId[] = [];
  let looked = 0;
  for (const { customerId, decidedUnder } of page.entries) {
    const behind = isOlder(decidedUnder, rebase);
    if (looked === allowed.look || (behind && hand.length === allowed.hand)) break;
    looked += 1;
    if (behind) hand.push(customerId);
  }
  const counted = { ...rebase, passed: rebase.passed + looked, handed: rebase.handed + hand.length };
  return {
    hand,
    allowed: { hand: allowed.hand - hand.length, look: allowed.look - looked },
    rebase:
      looked === page.entries.length && page.next === undefined
        ? inShard(counted, rebase.shard + 1)
        : { ...counted, ...after(page.entries[looked - 1]?.customerId ?? rebase.after) },
  };
};

const after = (customerId: CustomerId | undefined) => (customerId === undefined ? {} : { after: customerId });

const inShard = ({ after: _after, ...rebase }: Rebase, shard: number): Rebase => ({ ...rebase, shard });

/** The rebase as it is written after a minute's work: waiting for the next minute, in its next round, or finished. */
export const afterMinute = (rebase: Rebase, shards: number, now: EpochMs): Rebase => {
  const written = { ...rebase, version: rebase.version + 1 };
  if (rebase.shard < shards) return { ...written, dueAt: now + rebasePauseMs };
  const counted = { ...inShard(written, 0), total: rebase.passed };
  const isSure = rebase.handed === 0 && now - rebase.startedAt >= lateWritesMs;
  if (!isSure && rebase.round < maxRounds)
    return { ...counted, round: rebase.round + 1, passed: 0, handed: 0, dueAt: now + 2 * rebasePauseMs };
  return finished(counted, now);
};

const finished = ({ dueAt: _dueAt, ...rebase }: Rebase, now: EpochMs): Rebase => ({
  ...rebase,
  finishedAt: now,
  ...(rebase.handed > 0 ? { left: rebase.handed } : {}),
});
