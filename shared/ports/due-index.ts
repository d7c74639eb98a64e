import type { EpochMs } from '../domain/time.ts';

/** What may be due, in the order it is looked at: a lease first, because it may hold a slot that a fresh mail waits for. */
export const dueKinds = ['lease', 'send', 'enrolment', 'customer'] as const;
export type DueKind = (typeof dueKinds)[number];
/** An entry: which item of which customer is due. */
export type DueEntry = Readonly<{ kind: DueKind; dueAt: EpochMs; store: string; customerId: string; item: string }>;

/** One kind and shard of the due index. */
export type DuePage = Readonly<{ kind: DueKind; shard: number }>;

/** How far the hand-over of one kind and shard has come. A round goes from the oldest entry to the last that is due. */
export type Round = Readonly<{
  startedAt: EpochMs;
  /** Entries handed over in this round. */
  handed: number;
  /** The last of them. */
  place?: DueEntry;
  /** Set once the round is through: from then on the next may begin with the oldest again. */
  againAt?: EpochMs;
}>;

/** Who holds a kind and shard does so until `until`; `from` names a lease handed on with a message. */
export type LeaseTerms = Readonly<{ now: EpochMs; until: EpochMs; from?: EpochMs }>;

export interface DueIndex {
  readonly shards: number;
  /**
   * The oldest entries of one kind and shard, up to `limit`, due or not: what lies in the future tells how long to sleep.
   * Eventually consistent; an entry leaves by the write that handles it, so a reader that goes on names where it was.
   */
  oldest(kind: DueKind, shard: number, limit: number, after?: DueEntry): Promise<readonly DueEntry[]>;
  /**
   * Takes the right to hand over one kind and shard, if nobody holds it at `now` or it is the lease handed on.
   *
   * @returns The round as the last holder left it, `undefined` when somebody else holds it.
   */
  lease(page: DuePage, terms: LeaseTerms): Promise<Round | undefined>;
  /** Ends the lease that runs until `held`, keeping the round; `handedOn` reserves the page until then for whoever names it. */
  release(page: DuePage, held: EpochMs, round: Round, handedOn?: EpochMs): Promise<void>;
}
