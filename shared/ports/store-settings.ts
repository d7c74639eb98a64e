import type { Suppression } from '../domain/customers/suppression.ts';
import type { StoreId, StoreSettings } from '../domain/store.ts';
import type { EpochMs } from '../domain/time.ts';

export interface StoreCatalogue {
  /** Cached for a minute in a warm container; `undefined` = no such store. */
  settings(store: StoreId, now: number): Promise<StoreSettings | undefined>;
  put(settings: StoreSettings): Promise<void>;
}

/** Addresses that must not be mailed, by keyed hash; survives erasure. */
export interface SuppressionList {
  /**
   * The first reason stays, but for an erasure: a later one dates it anew, and any other reason takes its place. What was lifted
   * gives way to everything that happened since.
   */
  add(store: StoreId, addressHash: string, suppression: Suppression): Promise<void>;
  find(store: StoreId, addressHash: string): Promise<Suppression | undefined>;
  /** The operator's word, dated `at`: what is there up to then does not stand any more, unless it is an erasure. */
  lift(store: StoreId, addressHash: string, at: EpochMs): Promise<void>;
}

/** Sharded daily counters. */
export interface Counters {
  /** Sums of one counter by day, `from` and `to` inclusive UTC days. */
  read(
    store: StoreId,
    what: string,
    fromDay: string,
    toDay: string,
  ): Promise<readonly Readonly<{ day: string; counts: Readonly<Record<string, number>> }>[]>;
}
