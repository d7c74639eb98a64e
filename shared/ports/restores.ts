import type { Restore } from '../domain/restore/restore.ts';
import type { StoreId } from '../domain/store.ts';
import type { EpochMs } from '../domain/time.ts';
import type { StoreWork } from './store-work.ts';

/** How far taking in an older copy of the table has come. */
export type Restores = StoreWork<Restore> &
  Readonly<{
    /** Moves `restoredAt` of the store's settings forward, never back, and leaves the other settings alone. */
    mark(store: StoreId, restoredAt: EpochMs): Promise<void>;
  }>;
