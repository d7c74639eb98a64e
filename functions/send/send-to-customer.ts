import type { RecentSend } from '../../shared/domain/customers/contact.ts';
import type { Customer } from '../../shared/domain/customers/customer.ts';
import { suppresses } from '../../shared/domain/customers/suppression.ts';
import { subjectOf } from '../../shared/domain/facts/subject.ts';
import { stillCounting } from '../../shared/domain/guardrails/frequency-cap.ts';
import { addressHash } from '../../shared/domain/identity/identities.ts';
import { backInOrder } from '../../shared/domain/pace/pace.ts';
import { postponed, skipped } from '../../shared/domain/sends/advance.ts';
import { type Choice, choose } from '../../shared/domain/sends/choose.ts';
import type { Send } from '../../shared/domain/sends/send.ts';
import { countingPolicy, type StoreSettings } from '../../shared/domain/store.ts';
import { type EpochMs, minutes } from '../../shared/domain/time.ts';
import type { CustomerFile } from '../../shared/ports/customer-store.ts';
import type { CustomerCall } from '../../shared/ports/work-queue.ts';
import { type CustomerFamily, consentFiles, loadAliases } from '../family/customer-family.ts';
import { attempt } from './attempt.ts';
import type { SendDeps } from './deps.ts';

/**
 * Decides and carries out all due mails of one customer: one read, one decision over all of them, then one step each.
 * Whatever is not finished stands in the due index and comes back.
 */
export const sendToCustomer = async (deps: SendDeps, call: CustomerCall, now: EpochMs): Promise<void> => {
  // Asked together, because a mail waits for the slowest of them only; nothing is decided while all is stopped.
  const [isStopped, store, file] = await Promise.all([
    deps.killSwitch?.isOn(now),
    deps.catalogue.settings(call.store, now),
    deps.customers.load(call.store, call.customer, 'whole'),
  ]);
  if (isStopped || store === undefined || file.customer === undefined) return;
  const aliases = await loadAliases(deps.customers, store.id, file, 'decision');
  const others = aliases.map(({ id, file: { contact: seen } }) => ({ customerId: id, version: seen.version }));
  let contact = file.contact;
  for (const choice of await chooseAll(deps, store, { ...file, customer: file.customer, aliases }, now)) {
    if (choice.type === 'skip') await deps.ledger.update(skipped(choice.send, choice.reason, now));
    else if (choice.type === 'wait') await deps.ledger.update(postponed(choice.send, comesBackAt(choice)));
    else {
      const until = await waitBefore(deps, store, choice.send, now);
      if (until !== undefined) {
        await deps.ledger.update(postponed(choice.send, until));
        // What comes after it in rank waits as well: nothing of lower priority overtakes it.
        return;
      }
      const after = await attempt(deps, { store, customer: file.customer, contact, others, send: choice.send, now });
      // Nothing was reserved: what the others wait for may not come, so they stay due and are decided again.
      if (after === undefined) return;
      contact = after;
    }
  }
};

/** A breaker has everybody's marketing wait for one instant. */
const comesBackAt = ({ send, reason, until }: Extract<Choice, { type: 'wait' }>): EpochMs =>
  reason === 'breaker' ? backInOrder(until, send) : until;

/** Until when a mail that may go has to wait for its turn; asked before anything is written, so no attempt is spent. */
const waitBefore = async (
  { gate, pacer }: SendDeps,
  store: StoreSettings,
  send: Send,
  now: EpochMs,
): Promise<EpochMs | undefined> => {
  const warming = send.class === 'marketing' ? await gate?.warmupUntil(store, now) : undefined;
  if (warming !== undefined) return backInOrder(warming, send);
  const until = await pacer?.token(send, now);
  if (until !== undefined) return until;
  const passes = send.class === 'transactional' || ((await gate?.pass(store, now)) ?? true);
  return passes ? undefined : now + minutes(1);
};

const chooseAll = async (
  deps: SendDeps,
  store: StoreSettings,
  { customer, aliases, ...file }: CustomerFile & Readonly<{ customer: Customer; aliases: CustomerFamily['aliases'] }>,
  now: EpochMs,
): Promise<readonly Choice[]> => {
  const [{ campaigns, fit }, suppressed, breakerUntil] = await Promise.all([
    deps.definitions.adopted(store, now, customer.decidedUnder),
    isSuppressed(deps, store, customer),
    deps.gate?.waitUntil(store, now),
  ]);
  const { contact, sends, visits, enrolments, orderRows } = file;
  // What an alias was mailed reached the same person.
  const mailed = [contact, ...aliases.map((alias) => alias.file.contact)].flatMap((one) => one.sends);
  const recent: readonly RecentSend[] = stillCounting(mailed, now);
  return choose({
    ...{ store, sends, campaigns, enrolments, visits, orderRows, recent, now },
    files: [{ customer, contact }, ...consentFiles(aliases)],
    suppressed,
    subject: subjectOf(customer, store, fit),
    policy: countingPolicy(store),
    breakerUntil,
  });
};

/** Without an address there is nobody to mail; the list is asked by keyed hash and survives erasure. */
const isSuppressed = async (
  deps: SendDeps,
  store: StoreSettings,
  { profile: { email }, consent }: Customer,
): Promise<boolean> => {
  if (email === undefined) return true;
  const hash = addressHash(await deps.secrets.deploymentKey(), store.id, email);
  return suppresses(await deps.suppressions.find(store.id, hash), consent);
};
