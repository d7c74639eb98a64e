import { LifecycleError } from '../../shared/domain/errors.ts';
import { beginReconcile, covers, type Reconcile } from '../../shared/domain/reconcile/reconcile.ts';
import type { StoreId } from '../../shared/domain/store.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { Reconciles } from '../../shared/ports/reconciles.ts';

export type ReconcileDeps = Readonly<{
  reconciles: Reconciles;
  /** What is handed on in a minute, at most: as for a rebase. */
  rebasePerMinute: number;
}>;

const attempts = 5;

/** Everything in the table is rung for again; one that is under way and leaves nothing out goes on instead. */
export const startReconcile = async (
  { reconciles, rebasePerMinute: perMinute }: ReconcileDeps,
  store: StoreId,
  { since, ...terms }: Readonly<{ now: EpochMs; since?: EpochMs | undefined; total: number }>,
): Promise<Readonly<{ reconcile: Reconcile; begun: boolean }>> => {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const present = await reconciles.load(store);
    if (present !== undefined && covers(present, since)) return { reconcile: present, begun: false };
    const reconcile = beginReconcile(present, { ...terms, since, perMinute });
    if ((await reconciles.save(store, reconcile)).type === 'saved') return { reconcile, begun: true };
  }
  throw new LifecycleError(
    'write.contended',
    `cannot start a reconciliation: 'version' must stand still, got ${attempts} conflicts`,
    { key: 'RECONCILE', attempts },
  );
};
