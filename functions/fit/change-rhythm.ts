import { priorFit } from '../../shared/domain/fit/fit.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { FitDeps } from './fit-deps.ts';
import { makeFit } from './make-fit.ts';

/**
 * What a store's other rhythm means for decisions, before the settings are saved: the prior it began with is kept as version 0,
 * so that what was decided under it can still be explained, and a fit under the new prior is taken over as the next version.
 * Whoever moves by it moves for the cause `rebase`.
 */
export const changeRhythm = async (
  deps: FitDeps,
  before: StoreSettings,
  after: StoreSettings,
  now: EpochMs,
): Promise<void> => {
  if (before.rhythm === after.rhythm) return;
  await deps.definitions.saveFit(before.id, { fit: priorFit(before.rhythm), madeAt: now, customers: 0, flags: [] });
  await makeFit(deps, after, { now, adopt: true });
};
