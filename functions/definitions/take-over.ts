import type { DecidedUnder } from '../../shared/domain/customers/customer.ts';
import { type Adoption, firstAdoption, isOlder } from '../../shared/domain/definitions/adoption.ts';
import { LifecycleError } from '../../shared/domain/errors.ts';
import type { StoreId } from '../../shared/domain/store.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { DefinitionStore } from '../../shared/ports/definition-store.ts';

type Adoptions = Pick<DefinitionStore, 'adoption' | 'adopt'>;

const attempts = 5;

/** Writes what `next` makes of the adoption that stands; `undefined` leaves it. Starts over when somebody else wrote meanwhile. */
const changeAdoption = async (
  definitions: Adoptions,
  store: StoreId,
  next: (present: Adoption) => Omit<Adoption, 'version'> | undefined,
): Promise<Adoption> => {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const present = (await definitions.adoption(store)) ?? firstAdoption;
    const change = next(present);
    if (change === undefined) return present;
    const written = { ...change, version: present.version + 1 };
    if ((await definitions.adopt(store, written)).type === 'saved') return written;
  }
  throw new LifecycleError(
    'write.contended',
    `cannot adopt definitions: 'version' must stand still, got ${attempts} conflicts`,
    { key: 'ADOPTION', attempts },
  );
};

/** Decisions are taken under these versions from now on. Versions never go back: older ones change nothing. */
export const takeOver = (
  definitions: Adoptions,
  store: StoreId,
  versions: Partial<DecidedUnder>,
  now: EpochMs,
): Promise<Adoption> =>
  changeAdoption(definitions, store, (present) => {
    const next = { lifecycle: versions.lifecycle ?? present.lifecycle, fit: versions.fit ?? present.fit };
    if (!isOlder(present, next)) return undefined;
    const kept = {
      lifecycle: Math.max(next.lifecycle, present.lifecycle),
      fit: Math.max(next.fit, present.fit),
      at: now,
    };
    const proposed = present.proposedFit ?? 0;
    return proposed > kept.fit ? { ...kept, proposedFit: proposed } : kept;
  });

/** A newer fit waits to be taken over. */
export const proposeFit = (definitions: Adoptions, store: StoreId, fit: number): Promise<Adoption> =>
  changeAdoption(definitions, store, ({ version: _version, ...present }) =>
    fit > Math.max(present.fit, present.proposedFit ?? 0) ? { ...present, proposedFit: fit } : undefined,
  );
