import type { EpochMs } from '../domain/time.ts';
import type { DuePage } from './due-index.ts';

/** A page of the due index behind which more is waiting, with the lease that waits for its worker. */
export type DuePageCall = DuePage & Readonly<{ lease: EpochMs }>;

/** The sweep queue: its worker drains the page's kind and shard. */
export interface DuePages {
  enqueue(calls: readonly DuePageCall[]): Promise<void>;
}
