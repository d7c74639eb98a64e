import type { Rebase } from '../domain/definitions/rebase.ts';
import type { StoreId } from '../domain/store.ts';
import type { EpochMs } from '../domain/time.ts';
import type { SaveOutcome } from './customer-store.ts';

/** One rebase for each store: the latest, under way or finished. */
export interface Rebases {
  /** Strongly consistent. */
  load(store: StoreId): Promise<Rebase | undefined>;
  /** Writes version `rebase.version` where the row stands at the version before; with `dueAt` it stands in the due index. */
  save(store: StoreId, rebase: Rebase): Promise<SaveOutcome>;
  /** Stores whose rebase goes on, the earliest first, due or not. Eventually consistent. */
  waiting(): Promise<readonly Readonly<{ store: StoreId; dueAt: EpochMs }>[]>;
}
