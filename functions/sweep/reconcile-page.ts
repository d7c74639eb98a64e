import {
  afterWalkedMinute,
  datedSince,
  type Reconcile,
  takeWalkedPage,
  walkAllowanceOf,
} from '../../shared/domain/reconcile/reconcile.ts';
import type { StoreId } from '../../shared/domain/store.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { ReactCalls } from '../../shared/ports/react-calls.ts';
import type { Doorbell, Reconciles, TableWalk } from '../../shared/ports/reconciles.ts';
import type { WorkQueue } from '../../shared/ports/work-queue.ts';
import { type Worked, workWaiting } from './waiting-work.ts';

export type ReconcilePageDeps = Readonly<{
  walk: TableWalk;
  reconciles: Reconciles;
  react: ReactCalls;
  enrol: WorkQueue;
}>;

/** Items looked at in one read. */
const pageLimit = 1_000;

/** A minute's work of every reconciliation that goes on: what it finds is rung for, as the stream would have done. */
export const reconcilePages = (deps: ReconcilePageDeps, now: EpochMs): Promise<Worked> =>
  workWaiting<Reconcile, Walked>(deps.reconciles, now, (store, reconcile) => ({
    first: { reconcile, allowed: walkAllowanceOf(reconcile), isThrough: false },
    step: (at) => walkOn(deps, store, at),
    written: (reached) => afterWalkedMinute(reached.reconcile, reached.isThrough, now),
  }));

type Walked = ReturnType<typeof takeWalkedPage>;

const walkOn = async (
  deps: ReconcilePageDeps,
  store: StoreId,
  { reconcile, allowed, isThrough }: Walked,
): Promise<Walked | undefined> => {
  if (isThrough || allowed.hand <= 0 || allowed.look <= 0) return undefined;
  const { walk, after, startedAt } = reconcile;
  // Never more than may be handed on, so that no page has to be cut short.
  const limit = Math.min(pageLimit, allowed.hand, allowed.look);
  const page = await deps.walk.page(store, { walk, since: datedSince(reconcile), after, limit });
  await ring(deps, page.found, startedAt);
  return takeWalkedPage(reconcile, { ...page, found: page.found.length }, allowed);
};

/** A customer is told again and looked at; enrol looks too, because a delivery nobody told may move what waits. */
const ring = async ({ react, enrol }: ReconcilePageDeps, found: readonly Doorbell[], startedAt: EpochMs) => {
  await react.enqueue(found.map((call) => (call.type === 'customer' ? { ...call, retellAt: startedAt } : call)));
  await enrol.enqueue(
    found.flatMap((call) => (call.type === 'customer' ? [{ store: call.store, customer: call.customer }] : [])),
  );
};
