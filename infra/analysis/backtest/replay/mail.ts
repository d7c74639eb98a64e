import type { Contact } from '../../../../shared/domain/customers/contact.ts';
import { subjectOf } from '../../../../shared/domain/facts/subject.ts';
import { stillCounting } from '../../../../shared/domain/guardrails/frequency-cap.ts';
import { accepted, postponed, reserved, skipped } from '../../../../shared/domain/sends/advance.ts';
import { type Choice, choose } from '../../../../shared/domain/sends/choose.ts';
import { contactAfterSend } from '../../../../shared/domain/sends/contact-after-send.ts';
import type { Send } from '../../../../shared/domain/sends/send.ts';
import { countingPolicy } from '../../../../shared/domain/store.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { CustomerFile } from '../../../../shared/ports/customer-store.ts';
import { fitAt, type ReplayRules } from './replay-rules.ts';

/** Decides a customer's due mails as send does. Nothing leaves: what would go is taken as accepted at once. */
export const mailed = (rules: ReplayRules, file: CustomerFile, now: EpochMs): CustomerFile => {
  const { customer, contact, sends, enrolments, visits, orderRows } = file;
  const { store, campaigns } = rules;
  if (customer === undefined) return file;
  const choices = choose({
    ...{ store, campaigns, sends, enrolments, visits, orderRows, now },
    recent: stillCounting(contact.sends, now),
    files: [{ customer, contact }],
    suppressed: customer.profile.email === undefined,
    subject: subjectOf(customer, store, fitAt(rules, now)),
    policy: countingPolicy(store),
  });
  const changed = new Map(choices.map((choice) => [choice.send.sendId, advanced(choice, now)]));
  return {
    ...file,
    contact: choices.reduce((after, choice) => contactAfter(after, choice, now), contact),
    sends: sends.map((send) => changed.get(send.sendId) ?? send),
  };
};

const advanced = (choice: Choice, now: EpochMs): Send => {
  if (choice.type === 'skip') return skipped(choice.send, choice.reason, now);
  if (choice.type === 'wait') return postponed(choice.send, choice.until);
  return accepted(reserved(choice.send, now), `backtest-${choice.send.sendId}`, now);
};

const contactAfter = (contact: Contact, choice: Choice, now: EpochMs): Contact =>
  choice.type === 'go' ? contactAfterSend(contact, choice.send, now) : contact;
