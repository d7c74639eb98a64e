import type { DecidedUnder } from '../customers/customer.ts';
import type { EpochMs } from '../time.ts';

/** Which versions a store's decisions are taken under, since when, and what waits to be taken over. */
export type Adoption = DecidedUnder &
  Readonly<{
    /** Counts writes; 0 = never written. */
    version: number;
    at: EpochMs;
    /** The newest fit, where it is not the adopted one. */
    proposedFit?: number;
  }>;

/** Before anything was adopted: the default lifecycle under the prior. */
export const firstAdoption: Adoption = { version: 0, lifecycle: 1, fit: 0, at: 0 };

/** Whether one of the versions is older than what something was decided under. */
export const isOlder = (versions: DecidedUnder, than: DecidedUnder): boolean =>
  versions.lifecycle < than.lifecycle || versions.fit < than.fit;

/** Whether a decision was taken under other versions. */
export const differ = (a: DecidedUnder, b: DecidedUnder): boolean => a.lifecycle !== b.lifecycle || a.fit !== b.fit;
