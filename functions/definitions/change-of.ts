import { isDeepStrictEqual } from 'node:util';
import { firstAdoption } from '../../shared/domain/definitions/adoption.ts';
import type { LifecycleDraft } from '../../shared/domain/definitions/lifecycle-draft.ts';
import type { Lifecycle } from '../../shared/domain/lifecycle/lifecycle.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';
import type { StoreDefinitions } from '../../shared/domain/store-definitions.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { DefinitionStore } from '../../shared/ports/definition-store.ts';

/** What a draft would replace, and the version it would have; `same` when it says what is adopted already. */
export type DraftChange = Readonly<{ before: StoreDefinitions; after: Lifecycle; same: boolean }>;

/** Compares a draft with what is adopted. */
export const changeOf = async (
  { definitions }: Readonly<{ definitions: DefinitionStore }>,
  store: StoreSettings,
  draft: LifecycleDraft,
  now: EpochMs,
): Promise<DraftChange> => {
  const adoption = (await definitions.adoption(store.id)) ?? firstAdoption;
  const [before, saved] = await Promise.all([
    definitions.adopted(store, now, adoption),
    definitions.lifecycles(store.id),
  ]);
  const newest = Math.max(before.lifecycle.version, saved[0]?.lifecycle.version ?? 0);
  const { version: _version, ...adopted } = before.lifecycle;
  return { before, after: { ...draft, version: newest + 1 }, same: isDeepStrictEqual(adopted, draft) };
};
