import type { Arrival } from '../../../../shared/domain/customers/arrival.ts';
import { noContact } from '../../../../shared/domain/customers/contact.ts';
import type { CustomerId } from '../../../../shared/domain/customers/customer.ts';
import { rebasePauseMs } from '../../../../shared/domain/definitions/rebase.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { CustomerFile } from '../../../../shared/ports/customer-store.ts';
import { lookedAt } from './look.ts';
import { mailed } from './mail.ts';
import type { ReplayRules } from './replay-rules.ts';

const emptyFile: CustomerFile = {
  contact: noContact,
  ...{ orderRows: [], enrolments: [], sends: [], visits: [], consents: [], liftings: [] },
};

const never = Number.POSITIVE_INFINITY;

/**
 * One customer's life in virtual time: from instant to instant at which an order comes, the customer's wake is due or a mail
 * is. What is due goes before what arrives, as the sweep goes on while webhooks come in.
 *
 * @param arrivals Oldest first; `at` is when each comes.
 * @returns The customer's file as it stands at the end of `rules.asOf`.
 */
export const replayPerson = (
  rules: ReplayRules,
  customerId: CustomerId,
  arrivals: readonly Arrival[],
): CustomerFile => {
  let file = emptyFile;
  for (let next = 0; ; ) {
    const arrival = arrivals[next];
    const dueAt = Math.min(lookDueAt(rules, file), sendDueAt(file));
    const now = Math.min(dueAt, arrival?.at ?? never);
    if (now > rules.asOf) return file;
    if (dueAt <= now) file = worked(rules, customerId, file, now);
    else if (arrival !== undefined) {
      file = lookedAt(rules, customerId, file, [arrival], now);
      next += 1;
    }
  }
};

const worked = (rules: ReplayRules, customerId: CustomerId, file: CustomerFile, now: EpochMs): CustomerFile => {
  const looked = lookDueAt(rules, file) <= now ? lookedAt(rules, customerId, file, [], now) : file;
  return sendDueAt(looked) <= now ? mailed(rules, looked, now) : looked;
};

/** The customer's own wake, or the minute in which everybody is looked at anew. */
const lookDueAt = ({ fits }: ReplayRules, { customer }: CustomerFile): EpochMs => {
  if (customer === undefined) return never;
  const { wakeAt = never, decidedUnder } = customer;
  const rebase = fits.find((adopted) => adopted.rebase && adopted.fit.version > decidedUnder.fit);
  return rebase === undefined ? wakeAt : Math.min(wakeAt, rebase.at + rebasePauseMs);
};

const sendDueAt = ({ sends }: CustomerFile): EpochMs => {
  let first = never;
  for (const { dueAt } of sends) if (dueAt !== undefined && dueAt < first) first = dueAt;
  return first;
};
