import type { DecidedUnder } from '../domain/customers/customer.ts';
import { type Adoption, firstAdoption, isOlder } from '../domain/definitions/adoption.ts';
import { LifecycleError } from '../domain/errors.ts';
import { type Fit, priorFit } from '../domain/fit/fit.ts';
import { ecommerce } from '../domain/lifecycle/ecommerce.ts';
import type { Lifecycle } from '../domain/lifecycle/lifecycle.ts';
import type { StoreId, StoreSettings } from '../domain/store.ts';
import { activeCampaignsOf } from '../domain/store-definitions.ts';
import { type EpochMs, minutes } from '../domain/time.ts';
import type { Definitions } from '../ports/definition-store.ts';

/** Where versions lie; what it gives for a version never changes. */
export type DefinitionSource = Readonly<{
  adoption(store: StoreId): Promise<Adoption | undefined>;
  lifecycle(store: StoreId, version: number): Promise<Lifecycle | undefined>;
  fit(store: StoreId, version: number): Promise<Fit | undefined>;
}>;

const freshForMs = minutes(1);
const missing = (store: StoreId, { lifecycle, fit }: DecidedUnder): LifecycleError =>
  new LifecycleError(
    'definition.missing',
    `cannot decide: 'adoption' must name saved versions, got lifecycle ${lifecycle}, fit ${fit}`,
    { store, lifecycle, fit },
  );

/** Newest versions kept in a container; a store moves on about once a month. */
const maxVersions = 64;

type Known<T> = Map<string, T>;

const remembered = async <T>(
  known: Known<T>,
  key: string,
  read: () => Promise<T | undefined>,
): Promise<T | undefined> => {
  const there = known.get(key);
  if (there !== undefined) return there;
  const value = await read();
  if (value === undefined) return undefined;
  if (known.size >= maxVersions) known.clear();
  known.set(key, value);
  return value;
};

/**
 * Definitions as a warm container knows them: a version is read once, the adoption once a minute. Before anything was saved
 * the default lifecycle and the prior of the store's rhythm hold. One object for each version: what is resolved from it stays.
 */
export const knownDefinitions = (source: DefinitionSource): Definitions => {
  const adoptions = new Map<StoreId, Readonly<{ adoption: Adoption; readAt: EpochMs }>>();
  const lifecycles: Known<Lifecycle> = new Map();
  const fits: Known<Fit> = new Map();

  const adoptionOf = async (store: StoreId, now: EpochMs, atLeast: DecidedUnder | undefined): Promise<DecidedUnder> => {
    const known = adoptions.get(store);
    const isFresh = known !== undefined && now >= known.readAt && now - known.readAt < freshForMs;
    if (isFresh && (atLeast === undefined || !isOlder(known.adoption, atLeast))) return known.adoption;
    const adoption = (await source.adoption(store)) ?? firstAdoption;
    adoptions.set(store, { adoption, readAt: now });
    return adoption;
  };

  const lifecycleOf = (store: StoreId, version: number) =>
    remembered(lifecycles, `${store}#${version}`, async () =>
      version === ecommerce.version ? ecommerce : source.lifecycle(store, version),
    );

  /** Version 0 is the prior of the rhythm a store began with: saved as a version when the rhythm is changed. */
  const fitOf = (store: StoreSettings, version: number) =>
    remembered(
      fits,
      `${store.id}#${version}`,
      async () => (await source.fit(store.id, version)) ?? (version === 0 ? priorFit(store.rhythm) : undefined),
    );

  const versions: Definitions['versions'] = async (store, under) => {
    const [lifecycle, fit] = await Promise.all([lifecycleOf(store.id, under.lifecycle), fitOf(store, under.fit)]);
    return lifecycle === undefined || fit === undefined ? undefined : { lifecycle, fit };
  };

  return {
    versions,
    async adopted(store, now, atLeast) {
      const { adopted } = store;
      const known = adopted !== undefined && (atLeast === undefined || !isOlder(adopted, atLeast));
      const adoption = known ? adopted : await adoptionOf(store.id, now, atLeast);
      const found = await versions(store, adoption);
      if (found === undefined) throw missing(store.id, adoption);
      return { ...found, campaigns: activeCampaignsOf(store) };
    },
  };
};
