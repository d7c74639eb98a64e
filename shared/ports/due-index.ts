import type { EpochMs } from '../domain/time.ts';

export type DueKind = 'lease' | 'send' | 'enrolment' | 'customer';
/** An entry: which item of which customer is due. */
export type DueEntry = Readonly<{ kind: DueKind; dueAt: EpochMs; store: string; customerId: string; item: string }>;

export interface DueIndex {
  readonly shards: number;
  /**
   * The oldest entries of one kind and shard, up to `limit`, due or not: what lies in the future tells how long to sleep.
   * Eventually consistent; an entry leaves by the write that handles it, so a reader that goes on names where it was.
   */
  oldest(kind: DueKind, shard: number, limit: number, after?: DueEntry): Promise<readonly DueEntry[]>;
  /** Takes the right to drain one kind and shard until `until`, if nobody holds it at `now`. */
  lease(kind: DueKind, shard: number, now: EpochMs, until: EpochMs): Promise<boolean>;
}
