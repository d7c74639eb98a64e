import type { StoreId } from '../domain/store.ts';
import type { EpochMs } from '../domain/time.ts';
import type { SaveOutcome } from './customer-store.ts';

/** Work that goes through a store minute by minute: one of a kind for each store, the latest, under way or finished. */
export interface StoreWork<T extends Readonly<{ version: number; dueAt?: EpochMs }>> {
  /** Strongly consistent. */
  load(store: StoreId): Promise<T | undefined>;
  /** Writes version `work.version` where the row stands at the version before; with `dueAt` it stands in the due index. */
  save(store: StoreId, work: T): Promise<SaveOutcome>;
  /** Stores whose work goes on, the earliest first, due or not. Eventually consistent. */
  waiting(): Promise<readonly Readonly<{ store: StoreId; dueAt: EpochMs }>[]>;
}
