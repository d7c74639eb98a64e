import { type EnrolInput, type EnrolOutcome, enrol } from '../../shared/domain/campaigns/enrol.ts';
import { type Occasion, occasionOfConsent, occasionOfVisit } from '../../shared/domain/campaigns/occasion.ts';
import { reached } from '../../shared/domain/campaigns/reached.ts';
import { subjectOf } from '../../shared/domain/facts/subject.ts';
import { isBeforeRestore } from '../../shared/domain/guardrails/restored.ts';
import { withheldAtOnce } from '../../shared/domain/sends/advance.ts';
import { confirmationSend } from '../../shared/domain/sends/confirmation-send.ts';
import { planAgain } from '../../shared/domain/sends/plan-again.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';
import { activeCampaignsOf, type StoreDefinitions } from '../../shared/domain/store-definitions.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { CustomerFile, CustomerStore } from '../../shared/ports/customer-store.ts';
import type { Definitions } from '../../shared/ports/definition-store.ts';
import type { SendLedger } from '../../shared/ports/send-ledger.ts';
import type { StoreCatalogue } from '../../shared/ports/store-settings.ts';
import type { CustomerCall } from '../../shared/ports/work-queue.ts';
import { consentFiles, loadAliases } from '../family/customer-family.ts';

export type EnrolDeps = Readonly<{
  customers: CustomerStore;
  ledger: SendLedger;
  catalogue: StoreCatalogue;
  definitions: Definitions;
}>;

/**
 * Looks at one customer: decides every visit and consent that waits for an enrolment decision.
 * What waits leaves the due index last, so a look cut short is taken again; ids make the second one write nothing new.
 */
export const enrolCustomer = async (deps: EnrolDeps, call: CustomerCall, now: EpochMs): Promise<void> => {
  const [store, file] = await Promise.all([
    deps.catalogue.settings(call.store, now),
    deps.customers.load(call.store, call.customer, 'whole'),
  ]);
  if (store === undefined || file.customer === undefined) return;
  if (file.customer.mergedInto !== undefined) return leave(deps, store.id, call.customer, file);
  await decideWaiting(deps, store, call.customer, file, now);
  await replan(deps, store, file, now);
};

/** A customer that became another's alias: what waits is settled, what runs ends. */
const leave = async (
  { customers }: EnrolDeps,
  store: string,
  customerId: string,
  file: CustomerFile,
): Promise<void> => {
  const running = file.enrolments.filter(({ status }) => status === 'running');
  await Promise.all(
    running.map((enrolment) =>
      customers.endEnrolment(store, customerId, { ...enrolment, status: 'ended', endedBy: 'merged' }),
    ),
  );
  await Promise.all(waitingVisits(file).map(({ visit }) => customers.settleVisit(store, customerId, visit)));
  await Promise.all(waitingConsents(file).map((statement) => customers.settleConsent(store, customerId, statement)));
};

const waitingVisits = ({ visits }: CustomerFile) => visits.filter(({ dueAt }) => dueAt !== undefined);
const waitingConsents = ({ consents }: CustomerFile) => consents.filter(({ dueAt }) => dueAt !== undefined);

const decideWaiting = async (
  deps: EnrolDeps,
  store: StoreSettings,
  customerId: string,
  file: CustomerFile,
  now: EpochMs,
): Promise<void> => {
  const definitions = await deps.definitions.adopted(store, now, file.customer?.decidedUnder);
  // Each decision sees those before it: two occasions that wait together begin a campaign that comes once only once.
  let input = await inputOf(deps, store, definitions, file, now);
  for (const visit of waitingVisits(file)) {
    input = await decideOccasion(deps, definitions, input, occasionOfVisit(visit, file.visits));
    await deps.customers.settleVisit(store.id, customerId, visit.visit);
  }
  for (const statement of waitingConsents(file)) {
    if (statement.state === 'granted')
      input = await decideOccasion(deps, definitions, input, occasionOfConsent(statement));
    const asking = confirmationSend({ store: store.id, customerId }, statement, now);
    if (asking !== undefined)
      await deps.ledger.create(isBeforeRestore(store, statement.at) ? withheldAtOnce(asking, 'restored', now) : asking);
    await deps.customers.settleConsent(store.id, customerId, statement);
  }
};

const decideOccasion = async (
  deps: EnrolDeps,
  { campaigns }: StoreDefinitions,
  input: EnrolInput | undefined,
  occasion: Occasion,
): Promise<EnrolInput | undefined> => {
  if (input === undefined) return undefined;
  const enrolments = [...input.enrolments];
  for (const campaign of campaigns) {
    const outcome = enrol(campaign, occasion, input);
    await write(deps, input, outcome);
    if (outcome.type === 'enrolled') enrolments.push(outcome.enrolment);
  }
  return { ...input, enrolments };
};

const inputOf = async (
  { customers }: EnrolDeps,
  store: StoreSettings,
  { fit }: StoreDefinitions,
  file: CustomerFile,
  now: EpochMs,
): Promise<EnrolInput | undefined> => {
  const { customer, contact, enrolments, orderRows } = file;
  if (customer === undefined) return undefined;
  const aliases = await loadAliases(customers, store.id, file, 'whole');
  return {
    store,
    files: [{ customer, contact }, ...consentFiles(aliases)],
    subject: subjectOf(customer, store, fit),
    suppressed: false,
    enrolments,
    aliasEnrolments: aliases.flatMap((alias) => reached(alias.file.enrolments, alias.file.sends)),
    orderRows,
    now,
  };
};

/** Both are put if absent, and the visit that asked for them stays due until both are there. */
const write = async (deps: EnrolDeps, { store, files }: EnrolInput, outcome: EnrolOutcome): Promise<void> => {
  if (outcome.type === 'none') return;
  const sends = outcome.type === 'withheld' ? [outcome.send] : outcome.sends;
  await Promise.all([
    ...sends.map((send) => deps.ledger.create(send)),
    outcome.type === 'enrolled' &&
      deps.customers.putEnrolment(store.id, files[0].customer.customerId, outcome.enrolment),
  ]);
};

/** A delivery that became known moves the mails that wait for it. */
const replan = async (deps: EnrolDeps, store: StoreSettings, file: CustomerFile, now: EpochMs): Promise<void> => {
  for (const send of planAgain(store, activeCampaignsOf(store), file, now)) await deps.ledger.update(send);
};
