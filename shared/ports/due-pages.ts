import type { DueKind } from './due-index.ts';

/** A page of the due index that was full when the sweep looked: more is waiting behind it. */
export type DuePageCall = Readonly<{ kind: DueKind; shard: number }>;

/** The sweep queue: its worker drains the page's kind and shard. */
export interface DuePages {
  enqueue(calls: readonly DuePageCall[]): Promise<void>;
}
