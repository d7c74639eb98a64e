import { firstAdoption, isOlder } from '../../shared/domain/definitions/adoption.ts';
import { needsRebase } from '../../shared/domain/definitions/adopts.ts';
import type { Rebase } from '../../shared/domain/definitions/rebase.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { DefinitionStore } from '../../shared/ports/definition-store.ts';
import { type RebaseDeps, startRebase } from './start-rebase.ts';

type Deps = RebaseDeps & Readonly<{ definitions: Pick<DefinitionStore, 'adoption' | 'versions'> }>;

/** `total` estimates how many customers there are, and is asked only where a rebase begins. */
type Asked = Readonly<{ now: EpochMs; total: () => Promise<number> }>;

/**
 * Has everybody looked at again where another lifecycle was taken over since they last were, or a threshold moved by more than
 * a quarter: in one step, in several, or in one that was cut short before this.
 */
export const rebaseWhereOwed = async (
  deps: Deps,
  store: StoreSettings,
  { now, total }: Asked,
): Promise<Rebase | undefined> => {
  const found = await Promise.all([deps.definitions.adoption(store.id), deps.rebases.load(store.id)]);
  const [adoption = firstAdoption, { lifecycle, fit } = firstAdoption] = found;
  if (!isOlder({ lifecycle, fit }, adoption)) return undefined;
  const [was, is] = await Promise.all([
    deps.definitions.versions(store, { lifecycle, fit }),
    deps.definitions.versions(store, adoption),
  ]);
  const isOwed = lifecycle < adoption.lifecycle || (was && is && needsRebase(was.fit, is.fit));
  return isOwed ? startRebase(deps, store.id, adoption, { now, total: await total() }) : undefined;
};
