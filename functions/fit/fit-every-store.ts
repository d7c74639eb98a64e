import { codeOf } from '../../shared/domain/errors.ts';
import { fitIsDue, newSince } from '../../shared/domain/fit/fit-is-due.ts';
import type { StoreId, StoreSettings } from '../../shared/domain/store.ts';
import { days, type EpochMs, utcDay } from '../../shared/domain/time.ts';
import type { Log } from '../../shared/ports/log.ts';
import type { StoreList } from '../../shared/ports/store-list.ts';
import type { Counters, StoreCatalogue } from '../../shared/ports/store-settings.ts';
import { rebaseWhereOwed } from '../definitions/rebase-where-owed.ts';
import type { FitDeps } from './fit-deps.ts';
import { makeFit } from './make-fit.ts';

export type NightDeps = FitDeps &
  Readonly<{
    stores: StoreList;
    catalogue: Pick<StoreCatalogue, 'settings'>;
    counters: Counters;
    log: Pick<Log, 'error'>;
  }>;

/** Arrivals are counted back no further: whoever came before was there a year ago. */
const longestLookMs = days(400);

/**
 * Makes the fits that are due tonight, one store after the other.
 *
 * @returns What failed, by store: one store's fault holds up no other.
 */
export const fitEveryStore = async (deps: NightDeps, now: EpochMs): Promise<readonly unknown[]> => {
  const faults: unknown[] = [];
  for (const id of await deps.stores.stores()) {
    try {
      await fitTonight(deps, id, now);
    } catch (error) {
      deps.log.error('fit failed', { store: id, code: codeOf(error) });
      faults.push(error);
    }
  }
  return faults;
};

const fitTonight = async (deps: NightDeps, id: StoreId, now: EpochMs): Promise<void> => {
  const [store, newest] = await Promise.all([deps.catalogue.settings(id, now), deps.definitions.newestFit(id)]);
  if (store === undefined) return;
  const since = newest === undefined ? store.createdAt : newSince(newest.madeAt);
  const arrived = await arrivedSince(deps.counters, store, since, now);
  if (fitIsDue({ newest, now, timeZone: store.timeZone, arrived })) await makeFit(deps, store, { now });
  // What was taken over and cut short before everybody was to be looked at again is owed no longer than a night.
  else await rebaseWhereOwed(deps, store, { now, total: async () => newest?.customers ?? 0 });
};

/** A move between stages counts up one and down another: what is left over all of them is who came. */
const arrivedSince = async (
  counters: Counters,
  { id }: StoreSettings,
  since: EpochMs,
  now: EpochMs,
): Promise<number> => {
  if (since > now) return 0;
  const from = Math.max(since, now - longestLookMs);
  const moved = await counters.read(id, 'stage', utcDay(from), utcDay(now));
  return moved.flatMap(({ counts }) => Object.values(counts)).reduce((sum, count) => sum + count, 0);
};
