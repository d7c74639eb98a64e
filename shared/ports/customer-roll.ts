import type { CustomerId, DecidedUnder, StageId } from '../domain/customers/customer.ts';
import type { StoreId } from '../domain/store.ts';

/** What the roll says of a customer: where they stand, and under which versions that was decided. */
export type RollEntry = Readonly<{
  customerId: CustomerId;
  stage: StageId;
  decidedUnder: DecidedUnder;
  /** 0 to 9,999, a hash of the customer: those below n are n in 10,000 of all. */
  sampleHash: number;
}>;

/** Where a page ended; the next begins behind it. */
export type RollPage = Readonly<{ entries: readonly RollEntry[]; next?: CustomerId }>;

/** Everybody who stands for themselves: no aliases, nobody erased. Hashed over shards, so each shard is a fair sample. */
export interface CustomerRoll {
  readonly shards: number;
  /** Up to `limit` customers of a shard by id, behind `after`. Eventually consistent. */
  page(
    store: StoreId,
    shard: number,
    options: Readonly<{ after?: CustomerId | undefined; limit: number }>,
  ): Promise<RollPage>;
}
