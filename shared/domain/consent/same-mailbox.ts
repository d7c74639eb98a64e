import type { Contact } from '../customers/contact.ts';
import type { ConsentState, Customer } from '../customers/customer.ts';
import { type ConsentFile, consentStands, type Refusals } from './fold-consent.ts';

/*
 * A confirmation proves that a mailbox said yes, whichever of the person's accounts was asked. That of another mailbox proves
 * nothing here: the account that waits for it goes on waiting, and the strictest of what the accounts said wins.
 */

type Address = Customer['profile']['email'];

const sharing = (files: readonly ConsentFile[], email: Address): readonly ConsentFile[] =>
  email === undefined ? [] : files.filter(({ customer }) => customer.profile.email === email);

/** Answers that came after their account had become an alias: react writes aliases no more, so the root takes them over. */
export const answersOfAliases = (
  aliases: readonly ConsentFile[],
  email: Address,
): readonly NonNullable<Contact['confirmed']>[] =>
  sharing(aliases, email).flatMap(({ customer: { consent }, contact: { confirmed } }) =>
    consent?.state === 'pending' && confirmed !== undefined && confirmed.at >= consent.at ? [confirmed] : [],
  );

/** A confirmed yes that an alias gave from the same mailbox, and that stands. */
export const confirmedByAlias = (
  aliases: readonly ConsentFile[],
  email: Address,
  refusals: Refusals,
): ConsentState | undefined =>
  sharing(aliases, email)
    .flatMap(({ customer: { consent } }) => consent ?? [])
    .find((consent) => consent.confirmed && consentStands(consent, refusals));

/** The confirmed yes that answers what an account still waits for: from the same mailbox, and not older than the question. */
export const answerTo = ({ customer }: ConsentFile, files: readonly ConsentFile[]): ConsentState | undefined => {
  const { consent: asked, profile } = customer;
  if (asked?.state !== 'pending') return undefined;
  return sharing(files, profile.email)
    .flatMap(({ customer: { consent } }) => consent ?? [])
    .find(({ state, confirmed, at }) => state === 'granted' && confirmed && at >= asked.at);
};
