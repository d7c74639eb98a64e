import type { StoreSettings } from '../store.ts';
import { type ConsentFile, jointConsentStands } from './fold-consent.ts';

/**
 * Whether marketing may be mailed to a customer now.
 *
 * A statement always decides; without any, buyers may be mailed where the store's policy and their country allow it:
 * `softOptIn` (ePrivacy 2002/58 art. 13(2)) in the countries listed, `optOut` (CAN-SPAM) in the United States.
 */
export const mayMail = (store: StoreSettings, files: readonly ConsentFile[]): boolean => {
  const silent = files.every(
    ({ customer, contact }) => customer.consent === undefined && contact.optedOutAt === undefined,
  );
  return silent ? files.some((file) => buyerMayBeMailed(store, file)) : jointConsentStands(files);
};

const buyerMayBeMailed = (store: StoreSettings, { customer, contact }: ConsentFile): boolean => {
  const { country } = customer.profile;
  if (customer.history.orders === 0 || country === undefined || contact.complainedAt !== undefined) return false;
  if (store.buyersWithoutOptIn === 'optOut') return country === 'US';
  return store.buyersWithoutOptIn === 'softOptIn' && (store.softOptInCountries ?? []).includes(country);
};
