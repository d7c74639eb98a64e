import type { StoreSettings } from '../../../shared/domain/store.ts';
import type { GivenSettings } from './setting-options.ts';

type Growing = { -readonly [K in keyof StoreSettings]: StoreSettings[K] };

/** The settings with what was given in place of what was there; what was not given stays. */
export const applySettings = (settings: StoreSettings, given: GivenSettings): StoreSettings => {
  const next: Growing = { ...settings };
  if (given.from !== undefined) next.from = given.from;
  if (given['reply-to'] !== undefined) next.replyTo = given['reply-to'];
  if (given['postal-address'] !== undefined) next.postalAddress = given['postal-address'];
  if (given['site-url'] !== undefined) next.siteUrl = given['site-url'];
  if (given['base-url'] !== undefined) next.baseUrl = given['base-url'];
  if (given['quiet-hours'] !== undefined) next.quietHours = given['quiet-hours'];
  next.horizonDays = given['horizon-days'] ?? settings.horizonDays;
  next.rhythm = given.rhythm ?? settings.rhythm;
  next.buyersWithoutOptIn = given['buyers-without-opt-in'] ?? settings.buyersWithoutOptIn;
  if (given['soft-opt-in-countries'] !== undefined) next.softOptInCountries = given['soft-opt-in-countries'];
  if (given['double-opt-in'] !== undefined) next.doubleOptIn = given['double-opt-in'];
  if (given.topics !== undefined) next.topics = given.topics;
  if (given['pending-counts'] !== undefined) next.pendingCounts = given['pending-counts'] === 'yes';
  next.exclude = {
    ...settings.exclude,
    ...(given['exclude-tags'] === undefined ? {} : { tags: given['exclude-tags'] }),
    ...(given['exclude-domains'] === undefined ? {} : { emailDomains: given['exclude-domains'] }),
    ...(given['exclude-channels'] === undefined ? {} : { channels: given['exclude-channels'] }),
  };
  next.rewardCodes = {
    ...settings.rewardCodes,
    ...Object.fromEntries((given.reward ?? []).map(({ name, code }) => [name, code])),
  };
  return next;
};
