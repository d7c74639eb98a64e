import type { Reconcile, Walk } from '../domain/reconcile/reconcile.ts';
import type { StoreId } from '../domain/store.ts';
import type { EpochMs } from '../domain/time.ts';
import type { ReactCall } from './react-calls.ts';
import type { StoreWork } from './store-work.ts';

/** How far ringing for everything in the table has come. */
export type Reconciles = StoreWork<Reconcile>;

/** The doorbell of an item: a customer's, or that of an order, a refund or an event. */
export type Doorbell = Extract<ReactCall, { type: 'customer' | 'order' | 'event' }>;

/** What a page of the table holds of a store, out of how many items, and at what cost. */
export type TablePage = Readonly<{
  found: readonly Doorbell[];
  looked: number;
  readUnits: number;
  /** Where the next page begins, in the words of the table; absent behind the last. */
  next?: string;
}>;

export type TablePlace = Readonly<{
  walk: Walk;
  /** What is dated before is passed over; unapplied events and merges never are. */
  since?: EpochMs | undefined;
  after?: string | undefined;
  /** Items to look at, of any store and kind. */
  limit: number;
}>;

/** The table from one end to the other: the only way to what no index knows. Eventually consistent. */
export interface TableWalk {
  page(store: StoreId, place: TablePlace): Promise<TablePage>;
}
