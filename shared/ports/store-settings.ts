import type { Suppression } from '../domain/customers/suppression.ts';
import type { StoreId, StoreSettings } from '../domain/store.ts';

export interface StoreCatalogue {
  /** Cached for a minute in a warm container; `undefined` = no such store. */
  settings(store: StoreId, now: number): Promise<StoreSettings | undefined>;
  put(settings: StoreSettings): Promise<void>;
}

/** Addresses that must not be mailed, by keyed hash; survives erasure. */
export interface SuppressionList {
  /** The first reason stays, but for an erasure: a later one dates it anew, and any other reason takes its place. */
  add(store: StoreId, addressHash: string, suppression: Suppression): Promise<void>;
  find(store: StoreId, addressHash: string): Promise<Suppression | undefined>;
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
