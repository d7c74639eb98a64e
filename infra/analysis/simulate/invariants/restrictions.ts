import { customerOfPk } from '../../../../shared/adapters/dynamodb/keys.ts';
import { type Contact, noContact } from '../../../../shared/domain/customers/contact.ts';
import type { Customer } from '../../../../shared/domain/customers/customer.ts';
import type { Suppression } from '../../../../shared/domain/customers/suppression.ts';
import { addressHash } from '../../../../shared/domain/identity/identities.ts';
import type { Send } from '../../../../shared/domain/sends/send.ts';
import type { Commit } from '../engine/recorded-table.ts';
import type { Finished } from '../run-scenario.ts';
import { deploymentKey } from '../system/ports.ts';

/** The table as far as it was committed: what stands between customers and mails. */
type Known = {
  readonly contacts: Map<string, Contact>;
  readonly customers: Map<string, Customer>;
  readonly suppressed: Map<string, Suppression>;
};

/** Goes through the commits in their order: at each reservation, what was committed before must allow it. */
export const restrictions = ({ table }: Finished): readonly string[] => {
  const known: Known = { contacts: new Map(), customers: new Map(), suppressed: new Map() };
  return table.commits.flatMap((commit) => {
    const found = reservationIn(commit);
    const why = found === undefined ? undefined : reasonAgainst(known, found);
    learn(known, commit);
    return why === undefined ? [] : [`send ${found?.sendId} was reserved although ${why}`];
  });
};

const learn = ({ contacts, customers, suppressed }: Known, { after }: Commit): void => {
  const id = customerOfPk(after.key.pk)?.customerId ?? '';
  if (after.entity === 'CONTACT') contacts.set(id, after.value);
  else if (after.entity === 'CUSTOMER') customers.set(id, after.value);
  else if (after.entity === 'SUPPRESSION') suppressed.set(after.key.pk, after.value);
};

const reservationIn = ({ before, after }: Commit): Send | undefined =>
  after.entity === 'SEND' &&
  after.value.state.status === 'sending' &&
  before?.entity === 'SEND' &&
  before.value.state.status === 'pending'
    ? after.value
    : undefined;

const reasonAgainst = ({ contacts, customers, suppressed }: Known, send: Send): string | undefined => {
  if (send.class !== 'marketing') return undefined;
  const customer = customers.get(send.customerId);
  if (customer === undefined) return 'nobody of that id was known';
  for (const id of [send.customerId, ...(customer.aliases ?? [])]) {
    const isAlias = id !== send.customerId;
    const own = customers.get(id);
    const consent = isAlias ? (answer(customer, own) ?? own?.consent) : own?.consent;
    const why = against(contacts.get(id) ?? noContact, own, consent, isAlias);
    if (why !== undefined) return isAlias ? `an alias ${why}` : why;
  }
  const hash = addressHash(deploymentKey, send.store, customer.profile.email ?? '');
  const found = [...suppressed].find(([pk]) => pk.endsWith(hash))?.[1];
  if (found === undefined) return undefined;
  const saidYesAt = customer.consent?.basis === 'express' ? customer.consent.at : Number.NEGATIVE_INFINITY;
  return found.by === 'erasure' && saidYesAt > found.at ? undefined : 'the address was suppressed';
};

/** What an alias was asked, the mailbox may have answered under the customer who was kept. */
const answer = ({ consent, profile }: Customer, alias: Customer | undefined): Customer['consent'] =>
  alias?.consent?.state === 'pending' && alias.profile.email === profile.email && consent?.confirmed
    ? consent
    : undefined;

/** A losing account may be erased alone: what it said against mail stays, and the customer who was kept goes on. */
const against = (
  contact: Contact,
  customer: Customer | undefined,
  consent: Customer['consent'],
  isAlias: boolean,
): string | undefined => {
  if (!isAlias && (contact.erasedAt !== undefined || customer?.erasedAt !== undefined)) return 'was erased';
  if (contact.suppressedAt !== undefined) return 'was suppressed';
  if (consent?.state === 'withdrawn') return 'had withdrawn consent';
  const saidYesAt = consent?.state === 'granted' ? consent.at : Number.NEGATIVE_INFINITY;
  if (contact.complainedAt !== undefined && consent?.confirmed !== true) return 'had complained';
  return contact.optedOutAt !== undefined && saidYesAt <= contact.optedOutAt ? 'had opted out' : undefined;
};
