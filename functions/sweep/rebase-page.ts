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
import { asFarAsItGoes, failOnFirst, type Worked, workWaiting } from './waiting-work.ts';

export type RebasePageDeps = Readonly<{ roll: CustomerRoll; rebases: Rebases; react: ReactCalls }>;

/** Customers of the roll read at once. */
const pageLimit = 1_000;

/**
 * A minute's work of every rebase that goes on: the next customers under older versions are handed to react, which decides as
 * for any other doorbell.
 */
export const rebasePages = async (deps: RebasePageDeps, now: EpochMs): Promise<Worked> =>
  workWaiting(await deps.rebases.waiting(), (store) => rebaseMinute(deps, store, now), now);

/**
 * Handed over first, written down afterwards: a crash between the two hands the same customers over again, which changes
 * nothing. Of two ticks at once one is told it came second, and the rebase started anew meanwhile stays as it is.
 */
const rebaseMinute = async (deps: RebasePageDeps, store: StoreId, now: EpochMs): Promise<void> => {
  const rebase = await deps.rebases.load(store);
  if (rebase?.dueAt === undefined || rebase.dueAt > now) return;
  const begun = { rebase, allowed: allowanceOf(rebase) };
  const { reached, faults } = await asFarAsItGoes(begun, (at) => nextPage(deps, store, at));
  await deps.rebases.save(store, afterMinute(reached.rebase, deps.roll.shards, now));
  failOnFirst(faults);
};

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
