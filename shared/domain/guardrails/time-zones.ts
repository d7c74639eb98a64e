import type { Profile } from '../customers/profile.ts';

/**
 * The zones a mail has to respect: the customer's own; else the zones of the customer's country (all of them, because nobody
 * knows which); else the store's. Zones by country are CLDR's, as the runtime carries them.
 */
export const zonesOf = (profile: Pick<Profile, 'timeZone' | 'country'>, storeZone: string): readonly string[] => {
  if (profile.timeZone !== undefined) return [profile.timeZone];
  const known = profile.country === undefined ? [] : zonesOfCountry(profile.country);
  return known.length === 0 ? [storeZone] : known;
};

const byCountry = new Map<string, readonly string[]>();

const zonesOfCountry = (country: string): readonly string[] => {
  const known = byCountry.get(country);
  if (known !== undefined) return known;
  const zones = lookUp(country);
  byCountry.set(country, zones);
  return zones;
};

const lookUp = (country: string): readonly string[] => {
  if (!/^[A-Z]{2}$/.test(country)) return [];
  const locale: Intl.Locale & { getTimeZones?: () => string[] | undefined } = new Intl.Locale(`und-${country}`);
  return locale.getTimeZones?.() ?? [];
};
