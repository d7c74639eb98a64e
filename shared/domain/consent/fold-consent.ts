import type { Contact } from '../customers/contact.ts';
import type { ConsentState, Customer } from '../customers/customer.ts';
import type { ConsentClaim } from '../customers/profile.ts';
import { hashOf } from '../hash.ts';
import type { EpochMs } from '../time.ts';
import type { ConsentStatement } from './statement.ts';

/** The dated statement a payload makes; telling it again makes the same one. */
export const statementOf = (claim: ConsentClaim, now: EpochMs): ConsentStatement => ({
  id: hashOf(['consent', 'marketing', claim.state, String(claim.at), claim.source], 12),
  purpose: 'marketing',
  state: claim.state,
  basis: claim.basis,
  source: claim.source,
  at: claim.at,
  recordedAt: now,
});

/** The latest dated statement decides; of two with one date the withdrawal does. */
export const foldConsent = (known: ConsentState | undefined, statement: ConsentStatement): ConsentState => {
  const told = { state: statement.state, at: statement.at, basis: statement.basis, statement: statement.id };
  if (known === undefined || told.at > known.at) return told;
  return told.at === known.at && told.state === 'withdrawn' ? told : known;
};

/** Consent to marketing as it stands: given, and neither opted out later nor complained about since. */
export const consentStands = (consent: ConsentState | undefined, contact: Contact): boolean =>
  consent?.state === 'granted' &&
  contact.complainedAt === undefined &&
  (contact.optedOutAt === undefined || consent.at > contact.optedOutAt);

/** Whose consent is read: a root and its aliases count as one, the strictest wins. */
export type ConsentFile = Readonly<{ customer: Customer; contact: Contact }>;

/** Consent of a merged customer: everyone who said something must have said yes, and somebody must have. */
export const jointConsentStands = (files: readonly ConsentFile[]): boolean => {
  const told = files.filter(
    ({ customer, contact }) => customer.consent !== undefined || contact.optedOutAt !== undefined,
  );
  return told.length > 0 && told.every(({ customer, contact }) => consentStands(customer.consent, contact));
};
