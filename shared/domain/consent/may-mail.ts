import type { StoreSettings } from '../store.ts';
import type { EpochMs } from '../time.ts';
import { type ConsentFile, consentStands } from './fold-consent.ts';
import { type Buyer, byPurchase, worthOf } from './jurisdiction.ts';
import type { Forbidden, MailPermission } from './permission.ts';
import { answerTo } from './same-mailbox.ts';

const no = (because: Forbidden): MailPermission => ({ may: false, because });

/**
 * Whether marketing may be mailed to a customer now, and why. Asked at every send, because an answer can end by itself.
 *
 * A statement always decides, and of a root and its aliases everyone who said something must have said yes. Without any, buyers
 * may be mailed where the store's policy and their country allow it: `softOptIn` in the countries listed (ePrivacy 2002/58
 * art. 13(2)), `optOut` in the United States (CAN-SPAM). Where consent ends by law, `until` is the first instant without it.
 */
export const mayMail = (store: StoreSettings, files: readonly ConsentFile[], now: EpochMs): MailPermission => {
  const buyer = buyerIn(files);
  const said = files.filter(
    ({ customer, contact }) => customer.consent !== undefined || contact.optedOutAt !== undefined,
  );
  if (said.length === 0) return unasked(store, files, buyer, now);
  return said.map((file) => answerOf(file, files, buyer, now)).reduce(stricter);
};

/** The first answer stands unless the other is a refusal, or ends sooner. */
const stricter = (a: MailPermission, b: MailPermission): MailPermission => {
  if (!a.may) return a;
  if (!b.may) return b;
  return (b.until ?? Number.POSITIVE_INFINITY) < (a.until ?? Number.POSITIVE_INFINITY) ? b : a;
};

/** Root and aliases are one buyer: the first country known, the last order of any. */
const buyerIn = (files: readonly ConsentFile[]): Buyer => {
  const orders = files.flatMap(({ customer }) => customer.history.lastAt ?? []);
  return {
    country: files.map(({ customer }) => customer.profile.country).find((country) => country !== undefined),
    lastOrderAt: orders.length === 0 ? undefined : Math.max(...orders),
  };
};

const answerOf = (file: ConsentFile, family: readonly ConsentFile[], buyer: Buyer, now: EpochMs): MailPermission => {
  const { customer, contact } = file;
  const consent = answerTo(file, family) ?? customer.consent;
  if (consent !== undefined && consentStands(consent, contact)) return worthOf(consent, buyer, now);
  if (consent?.state === 'pending') return no('unconfirmed');
  if (contact.complainedAt !== undefined) return no('complained');
  return no(contact.optedOutAt === undefined ? 'withdrawn' : 'opted-out');
};

/** A buyer nobody asked. */
const unasked = (store: StoreSettings, files: readonly ConsentFile[], buyer: Buyer, now: EpochMs): MailPermission => {
  if (files.some(({ contact }) => contact.complainedAt !== undefined)) return no('complained');
  if (buyer.lastOrderAt === undefined || buyer.country === undefined) return no('never-asked');
  return isCovered(store, buyer.country) ? byPurchase(buyer, true, now) : no('never-asked');
};

const isCovered = ({ buyersWithoutOptIn, softOptInCountries = [] }: StoreSettings, country: string): boolean => {
  if (buyersWithoutOptIn === 'optOut') return country === 'US';
  return buyersWithoutOptIn === 'softOptIn' && softOptInCountries.includes(country);
};
