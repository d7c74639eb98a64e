import type { LifecycleDraft } from '../../shared/domain/definitions/lifecycle-draft.ts';
import type { Rebase } from '../../shared/domain/definitions/rebase.ts';
import { LifecycleError } from '../../shared/domain/errors.ts';
import type { Lifecycle } from '../../shared/domain/lifecycle/lifecycle.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { CustomerRoll } from '../../shared/ports/customer-roll.ts';
import type { DefinitionStore } from '../../shared/ports/definition-store.ts';
import { drawSample } from '../sample/draw-sample.ts';
import { changeOf } from './change-of.ts';
import { rebaseWhereOwed } from './rebase-where-owed.ts';
import type { RebaseDeps } from './start-rebase.ts';
import { takeOver } from './take-over.ts';

export type PublishDeps = RebaseDeps & Readonly<{ definitions: DefinitionStore; roll: CustomerRoll }>;

/** `rebase` is absent where the lifecycle says what was adopted already. */
export type Published = Readonly<{ lifecycle: Lifecycle; rebase?: Rebase }>;

const attempts = 5;

/** The draft as the store's next version; somebody else's save at the same moment takes the number before it. */
const saved = async (
  deps: PublishDeps,
  store: StoreSettings,
  draft: LifecycleDraft,
  now: EpochMs,
): Promise<Readonly<{ lifecycle: Lifecycle; same: boolean }>> => {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const { before, after, same } = await changeOf(deps, store, draft, now);
    if (same) return { lifecycle: before.lifecycle, same };
    const outcome = await deps.definitions.saveLifecycle(store.id, { lifecycle: after, savedAt: now });
    if (outcome.type === 'saved') return { lifecycle: after, same };
  }
  throw new LifecycleError(
    'write.contended',
    `cannot save a lifecycle: 'version' must be free, got ${attempts} conflicts`,
    { key: 'LIFECYCLE', attempts },
  );
};

/** Enough customers to estimate from how many there are; a small store is counted. */
const counted = 2_000;

/**
 * Saves a lifecycle as the next version, takes it over, and has everybody looked at again. No mail fires by it. Publishing
 * the same again finishes what was cut short, and does nothing otherwise.
 */
export const publishLifecycle = async (
  deps: PublishDeps,
  store: StoreSettings,
  draft: LifecycleDraft,
  now: EpochMs,
): Promise<Published> => {
  const { lifecycle, same } = await saved(deps, store, draft, now);
  if (!same) await takeOver(deps.definitions, store.id, { lifecycle: lifecycle.version }, now);
  const total = async () => (await drawSample(deps.roll, store.id, { wanted: counted })).total;
  const rebase = await rebaseWhereOwed(deps, store, { now, total });
  return rebase === undefined ? { lifecycle } : { lifecycle, rebase };
};
