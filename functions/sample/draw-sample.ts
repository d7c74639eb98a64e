import type { CustomerId } from '../../shared/domain/customers/customer.ts';
import type { StoreId } from '../../shared/domain/store.ts';
import type { CustomerRoll, RollEntry } from '../../shared/ports/customer-roll.ts';

/** Some of a store's customers, fairly drawn and the same each time, and about how many there are in all. */
export type Drawn = Readonly<{ customers: readonly CustomerId[]; total: number }>;

export type Draw = Readonly<{
  wanted: number;
  /** @default everybody in the roll */
  keep?: (entry: RollEntry) => boolean;
}>;

/** Shards asked at once; a query answers at most so many customers, about 1 MB. */
const shardsAtOnce = 8;
const pageLimit = 5_000;
const hashes = 10_000;

/**
 * Draws customers through the roll index alone. The roll is hashed over shards, so whole shards are a fair sample: it reads as
 * many as it takes to have enough, one shard of a large store and all of a small one. What is beyond `wanted` then falls away
 * by the customers' own hash.
 */
export const drawSample = async (
  roll: CustomerRoll,
  store: StoreId,
  { wanted, keep = () => true }: Draw,
): Promise<Drawn> => {
  const found: RollEntry[] = [];
  let shard = 0;
  while (shard < roll.shards && found.length < wanted) {
    const shards = Array.from({ length: shardsNeeded(roll, shard, found.length, wanted) }, (_, n) => shard + n);
    found.push(...(await Promise.all(shards.map((each) => wholeShard(roll, store, each)))).flat().filter(keep));
    shard += shards.length;
  }
  return { customers: thinned(found, wanted), total: Math.round((found.length * roll.shards) / Math.max(1, shard)) };
};

const shardsNeeded = ({ shards }: CustomerRoll, read: number, found: number, wanted: number): number => {
  const each = found / Math.max(1, read);
  const needed = read === 0 ? 1 : each === 0 ? shardsAtOnce : Math.ceil((wanted - found) / each);
  return Math.min(shardsAtOnce, shards - read, needed);
};

const wholeShard = async (roll: CustomerRoll, store: StoreId, shard: number): Promise<readonly RollEntry[]> => {
  const found: RollEntry[] = [];
  let after: CustomerId | undefined;
  do {
    const page = await roll.page(store, shard, { after, limit: pageLimit });
    found.push(...page.entries);
    after = page.next;
  } while (after !== undefined);
  return found;
};

const thinned = (found: readonly RollEntry[], wanted: number): readonly CustomerId[] => {
  const below = found.length <= wanted ? hashes : Math.ceil((hashes * wanted) / found.length);
  return found.filter(({ sampleHash }) => sampleHash < below).map(({ customerId }) => customerId);
};
