import type { ConsentState } from '../customers/customer.ts';
import type { ConsentClaim } from '../customers/profile.ts';
import { hashOf } from '../hash.ts';
import type { StoreSettings } from '../store.ts';
import { type DurationMs, days, type EpochMs, hours } from '../time.ts';
import { consentStands, type Refusals, statementOf } from './fold-consent.ts';
import { type ConsentStatement, operatorSource } from './statement.ts';

/** Whose yes has to be confirmed from the mailbox: nobody's, everybody's, or that of customers in these countries. */
export type DoubleOptIn = 'never' | 'always' | readonly string[];

/**
 * What a new store starts with: Germany, where the sender has to prove who said yes (OLG Muenchen 29 U 1682/12, BGH I ZR 164/09),
 * and Austria, whose authority asks for the same care (DSB-D130.073/0008-DSB/2019).
 */
export const defaultDoubleOptIn: DoubleOptIn = ['DE', 'AT'];

/** A confirmation link works this long. */
export const confirmWithinMs: DurationMs = days(7);

/** What was said longer ago asks nobody to confirm it: an import never floods mailboxes. */
export const askWithinMs: DurationMs = hours(48);

/** What the statement is made under; `stands` is the consent that holds already, if any. */
type Circumstances = Readonly<{
  store: Pick<StoreSettings, 'doubleOptIn'>;
  country: string | undefined;
  consent: ConsentState | undefined;
  /** What the person said against mail, under any of their accounts. */
  contact: Refusals;
}>;

/**
 * The statement a payload makes, `pending` where the store has a yes confirmed first. Somebody whose consent stands is asked
 * nothing again, and stays confirmed.
 */
export const statementUnder = (
  { store, country, consent, contact }: Circumstances,
  claim: ConsentClaim,
  now: EpochMs,
): ConsentStatement => {
  const told = statementOf(claim, now);
  if (claim.state !== 'granted' || claim.confirmed) return told;
  if (consentStands(consent, contact)) return consent?.confirmed ? { ...told, confirmed: true } : told;
  const asks = isCovered(store.doubleOptIn ?? 'never', country) || contact.complainedAt !== undefined;
  return asks ? { ...told, state: 'pending' } : told;
};

const isCovered = (rule: DoubleOptIn, country: string | undefined): boolean => {
  if (rule === 'never' || rule === 'always') return rule === 'always';
  return country !== undefined && rule.includes(country);
};

/** Whether a mail should ask for the confirmation. What the operator took down counts from then: it is one person, not an import. */
export const asksForConfirmation = (
  { state, source, at, recordedAt }: Pick<ConsentStatement, 'state' | 'source' | 'at' | 'recordedAt'>,
  now: EpochMs,
): boolean => state === 'pending' && now - (source === operatorSource ? recordedAt : at) <= askWithinMs;

/** Whether a question is out that can still be answered: whoever says yes again meanwhile is not asked again. */
export const isWaiting = (consent: ConsentState | undefined, now: EpochMs): boolean =>
  consent?.state === 'pending' && now - consent.at <= confirmWithinMs;

/** The statement that follows from a confirmation, dated by it. */
export const confirmedStatement = (
  { statement, at }: Readonly<{ statement: string; at: EpochMs }>,
  now: EpochMs,
): ConsentStatement => ({
  id: hashOf(['consent', 'confirmed', statement], 12),
  purpose: 'marketing',
  state: 'granted',
  basis: 'express',
  confirmed: true,
  source: 'double-opt-in',
  at,
  recordedAt: now,
});
