import type { DecidedUnder } from '../../shared/domain/customers/customer.ts';
import { beginRebase, type Rebase } from '../../shared/domain/definitions/rebase.ts';
import { LifecycleError } from '../../shared/domain/errors.ts';
import type { StoreId } from '../../shared/domain/store.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { Rebases } from '../../shared/ports/rebases.ts';

export type RebaseDeps = Readonly<{
  rebases: Rebases;
  /** Customers looked at again in a minute, at most. */
  rebasePerMinute: number;
}>;

const attempts = 5;

/** Everybody is looked at again under these versions, from the first on, whatever an earlier rebase had reached. */
export const startRebase = async (
  { rebases, rebasePerMinute: perMinute }: RebaseDeps,
  store: StoreId,
  to: DecidedUnder,
  { now, total }: Readonly<{ now: EpochMs; total: number }>,
): Promise<Rebase> => {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const rebase = beginRebase(to, await rebases.load(store), { now, total, perMinute });
    if ((await rebases.save(store, rebase)).type === 'saved') return rebase;
  }
  throw new LifecycleError(
    'write.contended',
    `cannot start a rebase: 'version' must stand still, got ${attempts} conflicts`,
    { key: 'REBASE', attempts },
  );
};
