import type { CustomerSnapshot, Profile } from '../customers/profile.ts';
import type { EpochMs } from '../time.ts';

/** A profile and the event time of the newest payload in it. */
export type DatedProfile = Readonly<{ profile: Profile; profileAt: EpochMs }>;

/** The newest payload wins field by field; an older one only fills what is still unknown, and one that tells nothing dates nothing. */
export const mergeProfile = (known: DatedProfile, snapshot: CustomerSnapshot, at: EpochMs): DatedProfile => {
  const { consent: _consent, externalId: _externalId, ...told } = snapshot;
  if (Object.keys(told).length === 0) return known;
  return at >= known.profileAt
    ? { profile: { ...known.profile, ...told }, profileAt: at }
    : { profile: { ...told, ...known.profile }, profileAt: known.profileAt };
};
