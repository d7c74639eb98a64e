import type { Contact } from '../../shared/domain/customers/contact.ts';
import type { Customer } from '../../shared/domain/customers/customer.ts';
import { codeOf } from '../../shared/domain/errors.ts';
import { backInOrder, dayResumesAt } from '../../shared/domain/pace/pace.ts';
import {
  accepted,
  failed,
  refusedForQuota,
  reserved,
  slowDownMs,
  unsettled,
} from '../../shared/domain/sends/advance.ts';
import { contactAfterSend } from '../../shared/domain/sends/contact-after-send.ts';
import type { Send } from '../../shared/domain/sends/send.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { Mail, MailOutcome } from '../../shared/ports/mailer.ts';
import type { SeenContact } from '../../shared/ports/send-ledger.ts';
import { composeMail } from './compose-mail.ts';
import type { SendDeps } from './deps.ts';

type Attempt = Readonly<{
  store: StoreSettings;
  customer: Customer;
  contact: Contact;
  /** CONTACTs of the customer's aliases: an opt-out there counts here. */
  others: readonly SeenContact[];
  send: Send;
  now: EpochMs;
}>;

/**
 * One attempt, written down before it is made:
 *
 *     compose ── reserve {SEND pending -> sending, CONTACTs at their versions} ── SES ── mark
 *                     │                                                        │
 *                     └ refused: somebody opted out or mailed meanwhile        └ no mark: the lease runs out, events settle it
 *
 * @returns CONTACT as it stands after the reservation; `undefined` when nothing was reserved.
 */
export const attempt = async (deps: SendDeps, input: Attempt): Promise<Contact | undefined> => {
  const mail = await compose(deps, input);
  if (mail === undefined) return undefined;
  const sending = reserved(input.send, input.now);
  const contact = contactAfterSend(input.contact, input.send, input.now);
  if ((await deps.ledger.reserve(sending, contact, input.others)).type !== 'saved') return undefined;
  await mark(deps, sending, await deps.mailer.send(mail), input.now);
  return contact;
};

/** A mail that cannot be written fails alone: it is marked, and the customer's other mails go on. */
const compose = async (deps: SendDeps, { store, customer, send, now }: Attempt): Promise<Mail | undefined> => {
  try {
    return composeMail({ store, customer, send, now, apiUrl: deps.apiUrl, key: await deps.secrets.deploymentKey() });
  } catch (error) {
    deps.log.error('mail not composed', { send: send.sendId, campaign: send.campaign, code: codeOf(error) });
    await deps.ledger.update(failed(send, codeOf(error), now));
    return undefined;
  }
};

const mark = async (deps: SendDeps, sending: Send, outcome: MailOutcome, now: EpochMs): Promise<void> => {
  if (outcome.type === 'accepted') await deps.ledger.update(accepted(sending, outcome.messageId, now));
  else if (outcome.type === 'ambiguous') await deps.ledger.update(unsettled(sending, now));
  else {
    await deps.ledger.update(afterRefusal(sending, outcome, now), { giveBackSlot: true });
    if (outcome.retry !== 'never') await deps.pacer?.refused(outcome.retry, now);
  }
};

const afterRefusal = (
  sending: Send,
  { code, retry }: Extract<MailOutcome, { type: 'refused' }>,
  now: EpochMs,
): Send => {
  if (retry === 'never') return failed(sending, code, now);
  return refusedForQuota(sending, backInOrder(retry === 'slower' ? now + slowDownMs : dayResumesAt(now), sending));
};
