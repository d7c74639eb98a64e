import {
  type Allowance,
  afterMinute,
  allowanceOf,
  type Rebase,
  takePage,
} from '../../shared/domain/definitions/rebase.ts';
import type { StoreId } from '../../shared/domain/store.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { CustomerRoll } from '../../shared/ports/customer-roll.ts';
import type { ReactCalls } from '../../shared/ports/react-calls.ts';
import type { Rebases } from '../../shared/ports/rebases.ts';
import { type Worked, workWaiting } from './waiting-work.ts';

export type RebasePageDeps = Readonly<{ roll: CustomerRoll; rebases: Rebases; react: ReactCalls }>;

/** Customers of the roll read at once. */
const pageLimit = 1_000;

/**
 * A minute's work of every rebase that goes on: the next customers under older versions are handed to react, which decides as
 * for any other doorbell.
 */
export const rebasePages = (deps: RebasePageDeps, now: EpochMs): Promise<Worked> =>
  workWaiting<Rebase, Reached>(deps.rebases, now, (store, rebase) => ({
    first: { rebase, allowed: allowanceOf(rebase) },
    step: (at) => nextPage(deps, store, at),
    written: (reached) => afterMinute(reached.rebase, deps.roll.shards, now),
  }));

type Reached = Readonly<{ rebase: Rebase; allowed: Allowance }>;

const nextPage = async (
  { roll, react }: RebasePageDeps,
  store: StoreId,
  { rebase, allowed }: Reached,
): Promise<Reached | undefined> => {
  if (rebase.shard >= roll.shards || allowed.hand <= 0 || allowed.look <= 0) return undefined;
  const page = await roll.page(store, rebase.shard, { after: rebase.after, limit: pageLimit });
  const { hand, ...taken } = takePage(rebase, page, allowed);
  await react.enqueue(hand.map((customer) => ({ type: 'customer' as const, store, customer })));
  return taken;
};
