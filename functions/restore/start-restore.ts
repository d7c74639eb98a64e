import { LifecycleError } from '../../shared/domain/errors.ts';
import { beginRestore, type Restore } from '../../shared/domain/restore/restore.ts';
import type { StoreId } from '../../shared/domain/store.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { Restores } from '../../shared/ports/restores.ts';

export type RestoreDeps = Readonly<{
  restores: Pick<Restores, 'load' | 'save'>;
  /** Whether all mail is stopped. */
  isStopped: () => Promise<boolean>;
}>;

/** `sending-on`: nothing was begun, because the copy could mail at any moment. */
export type RestoreStart =
  | Readonly<{ type: 'begun'; restore: Restore }>
  | Readonly<{ type: 'goes-on'; restore: Restore }>
  | Readonly<{ type: 'sending-on' }>;

const attempts = 5;

/**
 * Begins to take in an older copy of the table. One that is under way goes on as it is, so that asking again moves no date.
 *
 * @param anew Begins again even then: the copy itself was made during a restore.
 */
export const startRestore = async (
  { restores, isStopped }: RestoreDeps,
  store: StoreId,
  { now, anew = false }: Readonly<{ now: EpochMs; anew?: boolean }>,
): Promise<RestoreStart> => {
  if (!(await isStopped())) return { type: 'sending-on' };
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const before = await restores.load(store);
    if (before?.dueAt !== undefined && !anew) return { type: 'goes-on', restore: before };
    const restore = beginRestore(before, now);
    if ((await restores.save(store, restore)).type === 'saved') return { type: 'begun', restore };
  }
  throw new LifecycleError(
    'write.contended',
    `cannot start a restore: 'version' must stand still, got ${attempts} conflicts`,
    { key: 'RESTORE', attempts },
  );
};
