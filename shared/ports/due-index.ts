import type { EpochMs } from '../domain/time.ts';

export type DueKind = 'lease' | 'send' | 'enrolment' | 'customer';
/** An entry: which item of which customer is due. */
export type DueEntry = Readonly<{ kind: DueKind; dueAt: EpochMs; store: string; customerId: string; item: string }>;

export interface DueIndex {
  readonly shards: number;
  /**
   * The oldest entries of one kind and shard, up to `limit`, due or not: what lies in the future tells how long to sleep.
   * Eventually consistent; an entry leaves by the write that handles it.
   */
  oldest(kind: DueKind, shard: number, limit: number): Promise<readonly DueEntry[]>;
}
