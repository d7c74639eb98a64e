import type { Campaign } from '../../../../shared/domain/campaigns/campaign.ts';
import type { Fit } from '../../../../shared/domain/fit/fit.ts';
import type { Lifecycle } from '../../../../shared/domain/lifecycle/lifecycle.ts';
import type { StoreSettings } from '../../../../shared/domain/store.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';

/** A version of the store's fit, and from when on it holds. */
export type AdoptedFit = Readonly<{
  at: EpochMs;
  fit: Fit;
  /** Its thresholds moved so far that everybody is looked at anew, at once. */
  rebase: boolean;
}>;

/** What a replay is decided under, for everybody alike. */
export type ReplayRules = Readonly<{
  store: StoreSettings;
  lifecycle: Lifecycle;
  campaigns: readonly Campaign[];
  /** Oldest first, by version; the first holds from the beginning. */
  fits: readonly [AdoptedFit, ...AdoptedFit[]];
  /** Where the replay ends, this instant included. */
  asOf: EpochMs;
}>;

/** The fit that holds at an instant. */
export const fitAt = ({ fits }: Pick<ReplayRules, 'fits'>, now: EpochMs): Fit => {
  for (let n = fits.length - 1; n > 0; n--) {
    const adopted = fits[n];
    if (adopted !== undefined && adopted.at <= now) return adopted.fit;
  }
  return fits[0].fit;
};

/** The fit of a version. */
export const fitOfVersion = ({ fits }: Pick<ReplayRules, 'fits'>, version: number): Fit =>
  fits.find(({ fit }) => fit.version === version)?.fit ?? fits[0].fit;
