import type { StoreId } from '../domain/store.ts';

/** Which stores there are: what runs over all of them starts here. */
export interface StoreList {
  /** By id. A name without settings is a store whose making was cut short: it is made by saving its settings again. */
  stores(): Promise<readonly StoreId[]>;
}
