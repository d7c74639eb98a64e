import type { DecidedUnder } from '../domain/customers/customer.ts';
import type { Adoption } from '../domain/definitions/adoption.ts';
import type { Fit } from '../domain/fit/fit.ts';
import type { Lifecycle } from '../domain/lifecycle/lifecycle.ts';
import type { StoreId, StoreSettings } from '../domain/store.ts';
import type { StoreDefinitions } from '../domain/store-definitions.ts';
import type { EpochMs } from '../domain/time.ts';
import type { SaveOutcome } from './customer-store.ts';

/** A version of a lifecycle as it was saved; never changed afterwards. */
export type SavedLifecycle = Readonly<{ lifecycle: Lifecycle; savedAt: EpochMs }>;

/** A version of a fit as it was made; never changed afterwards. */
export type SavedFit = Readonly<{
  fit: Fit;
  madeAt: EpochMs;
  /** Customers whose orders it was made from. */
  customers: number;
  /** What the data could not tell, in the words of docs/guides/lifecycles.md. */
  flags: readonly string[];
}>;

/** Reads what decisions are taken under. */
export interface Definitions {
  /**
   * What the store's decisions are taken under now; kept for a minute in a warm container.
   *
   * @param atLeast What the customer at hand was decided under: an older copy is read again, so that no decision is taken
   * under older versions than the one before.
   */
  adopted(store: StoreSettings, now: EpochMs, atLeast?: DecidedUnder): Promise<StoreDefinitions>;
  /** Versions a decision was taken under; `undefined` when one of them is not there. */
  versions(store: StoreSettings, under: DecidedUnder): Promise<Pick<StoreDefinitions, 'lifecycle' | 'fit'> | undefined>;
}

/** Keeps every version a store ever saved, and which ones are adopted. */
export interface DefinitionStore extends Definitions {
  /** Puts the version if absent: of two who save the same one, one is told `stale`. */
  saveLifecycle(store: StoreId, saved: SavedLifecycle): Promise<SaveOutcome>;
  saveFit(store: StoreId, saved: SavedFit): Promise<SaveOutcome>;
  /** Strongly consistent; `undefined` before anything was ever adopted: the default lifecycle and the prior hold. */
  adoption(store: StoreId): Promise<Adoption | undefined>;
  /** What was adopted, oldest first: one for each `at`. */
  adoptions(store: StoreId): Promise<readonly Adoption[]>;
  /** Writes `adoption.version` where the row stands at the version before (0 = absent), and its `at` into the history. */
  adopt(store: StoreId, adoption: Adoption): Promise<SaveOutcome>;
  newestFit(store: StoreId): Promise<SavedFit | undefined>;
  /** Newest first. */
  lifecycles(store: StoreId): Promise<readonly SavedLifecycle[]>;
  fits(store: StoreId): Promise<readonly SavedFit[]>;
}
