import type { Arrival } from '../customers/arrival.ts';
import type { Contact } from '../customers/contact.ts';
import type { ConsentState, Customer } from '../customers/customer.ts';
import { enrolGraceMs } from '../customers/visit.ts';
import type { StoreSettings } from '../store.ts';
import type { EpochMs } from '../time.ts';
import { asksForConfirmation, confirmedStatement, isWaiting, statementUnder } from './double-opt-in.ts';
import { type ConsentFile, consentStands, foldConsent, refusalsOf } from './fold-consent.ts';
import { answersOfAliases, confirmedByAlias } from './same-mailbox.ts';
import type { ConsentStatement } from './statement.ts';

/** What consent is folded from: what stands, what arrived, and what was confirmed by mail. */
export type ConsentInput = Readonly<{
  store: StoreSettings;
  customer?: Customer | undefined;
  contact: Contact;
  arrivals: readonly Arrival[];
  /** What the customer's aliases have said about mail. @default - there are none */
  aliasFiles?: readonly ConsentFile[] | undefined;
  now: EpochMs;
}>;

/** Statements not folded yet, and the consent they leave. */
export type ConsentNews = Readonly<{ statements: readonly ConsentStatement[]; consent: ConsentState | undefined }>;

/** Folds what was said since the last look; telling it again says nothing new. */
export const consentNews = (input: ConsentInput, { country, email }: Customer['profile']): ConsentNews => {
  const { store, customer, contact, arrivals, aliasFiles = [], now } = input;
  const statements = new Map<string, ConsentStatement>();
  // Who opted out under one account has opted out: their next yes is asked about again, whichever account it comes with.
  const refusals = refusalsOf([contact, ...aliasFiles.map((file) => file.contact)]);
  let consent = customer?.consent;
  for (const answer of [...answersOf(contact), ...answersOfAliases(aliasFiles, email)].sort((a, b) => a.at - b.at)) {
    if (answer.at <= (consent?.at ?? Number.NEGATIVE_INFINITY)) continue;
    const confirmed = confirmedStatement(answer, now);
    statements.set(confirmed.id, confirmed);
    // Dated by our own clock, and later than what stands: what was claimed ahead of it is what it answers.
    consent = { ...foldConsent(undefined, confirmed), ...(consent?.claimedAt && { claimedAt: consent.claimedAt }) };
  }
  for (const { snapshot } of arrivals) {
    if (snapshot.consent === undefined) continue;
    const stands = consentStands(consent, refusals);
    const known = stands ? consent : (confirmedByAlias(aliasFiles, email, refusals) ?? consent);
    const statement = statementUnder({ store, country, consent: known, contact: refusals }, snapshot.consent, now);
    if (statement.id === customer?.consent?.statement) continue;
    statements.set(statement.id, statement);
    consent = foldConsent(consent, statement, snapshot.consent.at);
  }
  return { statements: [...statements.values()], consent };
};

const answersOf = ({ confirmed }: Contact) => (confirmed === undefined ? [] : [confirmed]);

/** The statement that turned consent on for somebody who has not ordered waits for an enrolment decision. */
export const withDueDate = (
  statement: ConsentStatement,
  consent: ConsentState | undefined,
  customer: Customer,
  { customer: before, contact, now }: ConsentInput,
): ConsentStatement => {
  const isAsked = isWaiting(before?.consent, now);
  if (statement.id === consent?.statement && !isAsked && asksForConfirmation(statement, now))
    return { ...statement, dueAt: now };
  const stoodBefore = consentStands(before?.consent, contact);
  const turnsOn = statement.id === consent?.statement && !stoodBefore && consentStands(consent, contact);
  return turnsOn && customer.history.placed === 0 ? { ...statement, dueAt: now + enrolGraceMs } : statement;
};
