import type { Contact } from '../customers/contact.ts';
import type { ConsentState, Customer } from '../customers/customer.ts';
import type { ConsentClaim } from '../customers/profile.ts';
import { hashOf } from '../hash.ts';
import type { EpochMs } from '../time.ts';
import type { ConsentStatement } from './statement.ts';

/**
 * The dated statement a payload makes; telling it again makes the same one. Nobody can have said it after it came: a shop's fast
 * clock must not have a yes outlast a no that followed it.
 */
export const statementOf = (claim: ConsentClaim, now: EpochMs): ConsentStatement => ({
  id: hashOf(['consent', 'marketing', claim.state, String(claim.at), claim.source], 12),
  purpose: 'marketing',
  state: claim.state,
  basis: claim.basis,
  ...(claim.confirmed === undefined ? {} : { confirmed: claim.confirmed }),
  source: claim.source,
  at: Math.min(claim.at, now),
  recordedAt: now,
});

/**
 * The latest dated statement decides; of two with one date the withdrawal does. What was claimed ahead of time is compared by
 * its claim, so that telling it again, when its date has come nearer, says nothing new; a no that came after it counts all the same.
 *
 * @param claimedAt The date as it was claimed. @default - the statement's own
 */
export const foldConsent = (
  known: ConsentState | undefined,
  statement: ConsentStatement,
  claimedAt: EpochMs = statement.at,
): ConsentState => {
  const { state, at, basis, confirmed, id } = statement;
  const told = { state, at, basis, statement: id, ...(confirmed === undefined ? {} : { confirmed }) };
  if (known !== undefined && !outlasts(told, known, claimedAt)) return known;
  const latestClaim = Math.max(claimedAt, known?.claimedAt ?? claimedAt);
  return latestClaim > at ? { ...told, claimedAt: latestClaim } : told;
};

/** A yes has to be claimed for later than all before it; a no only has to come no earlier, unless it is an old one told again. */
const outlasts = (told: ConsentState, known: ConsentState, claimedAt: EpochMs): boolean => {
  const knownClaim = known.claimedAt ?? known.at;
  if (told.state !== 'withdrawn') return claimedAt > knownClaim;
  return told.at >= known.at && (claimedAt === told.at || claimedAt >= knownClaim);
};

/** What stands against a yes. */
export type Refusals = Pick<Contact, 'optedOutAt' | 'complainedAt'>;

/** The latest of what a person said against mail under any of their accounts. */
export const refusalsOf = (contacts: readonly Refusals[]): Refusals => {
  const latest = (of: (refusals: Refusals) => EpochMs | undefined): EpochMs | undefined => {
    const dates = contacts.flatMap((contact) => of(contact) ?? []);
    return dates.length === 0 ? undefined : Math.max(...dates);
  };
  const [optedOutAt, complainedAt] = [latest((one) => one.optedOutAt), latest((one) => one.complainedAt)];
  return {
    ...(optedOutAt === undefined ? {} : { optedOutAt }),
    ...(complainedAt === undefined ? {} : { complainedAt }),
  };
};

/** Consent to marketing as it stands: given, not opted out of later, and after a complaint given anew and confirmed. */
export const consentStands = (consent: ConsentState | undefined, contact: Refusals): boolean =>
  consent?.state === 'granted' &&
  (contact.complainedAt === undefined || (consent.confirmed === true && consent.at > contact.complainedAt)) &&
  (contact.optedOutAt === undefined || consent.at > contact.optedOutAt);

/** Whose consent is read: a root and its aliases count as one, the strictest wins. */
export type ConsentFile = Readonly<{ customer: Customer; contact: Contact }>;

/**
 * Whether the person was erased. An alias alone is when a platform deletes the losing account of a merge: what was that account's
 * own goes, its opt-outs stay, and the customer who was kept goes on.
 */
export const isErased = ([{ customer, contact }]: readonly [ConsentFile, ...ConsentFile[]]): boolean =>
  customer.erasedAt !== undefined || contact.erasedAt !== undefined;
