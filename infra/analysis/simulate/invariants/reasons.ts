import { customerPk, customerSk } from '../../../../shared/adapters/dynamodb/keys.ts';
import { defaultCampaigns } from '../../../../shared/domain/campaigns/default-campaigns.ts';
import type { Customer } from '../../../../shared/domain/customers/customer.ts';
import type { Visit } from '../../../../shared/domain/customers/visit.ts';
import { isClosed } from '../../../../shared/domain/sends/send.ts';
import { sendIdOf } from '../../../../shared/domain/sends/send-id.ts';
import type { Finished } from '../run-scenario.ts';
import { customersIn, sendsIn } from './rows.ts';
import { hasOutage, wasToldLate } from './told-late.ts';

/** Every mail ends with a reason, what left stands as sent or given up, and every occasion has its mail or its reason for none. */
export const noneLost = (run: Finished): readonly string[] => {
  const sends = sendsIn(run.table);
  const accepted = new Set(run.system.mails.map(({ mail }) => mail.sendId));
  return [
    ...sends.flatMap((send) =>
      isClosed(send) ? [] : [`send ${send.sendId} of ${send.campaign} ends ${send.state.status}`],
    ),
    ...sends.flatMap(({ sendId, state }) =>
      (state.status === 'sent') === accepted.has(sendId) || state.status === 'abandoned'
        ? []
        : [`send ${sendId} is ${state.status}, the provider ${accepted.has(sendId) ? 'took it' : 'never took it'}`],
    ),
    ...customersIn(run.table).flatMap((customer) => [...missingVisits(run, customer), ...unanswered(run, customer)]),
  ];
};

const visitOf = ({ table }: Finished, { store, customerId }: Customer, n: number): Visit | undefined =>
  table.get('VISIT', { pk: customerPk(store, customerId), sk: customerSk.visit(n) });

const visitsOf = (run: Finished, customer: Customer): readonly Visit[] =>
  Array.from({ length: customer.visit }, (_, n) => visitOf(run, customer, n + 1)).filter(
    (visit) => visit !== undefined,
  );

const missingVisits = (run: Finished, customer: Customer): readonly string[] =>
  visitsOf(run, customer).length === customer.visit
    ? []
    : [`${customer.customerId} made ${customer.visit} visits, ${visitsOf(run, customer).length} are written down`];

/** Campaigns active from first to last: what entered their stage got a mail or a reason, once for each reentry. */
const unanswered = (run: Finished, customer: Customer): readonly string[] => {
  if (run.scenario.items.some(({ type }) => type === 'campaigns')) return [];
  const active = defaultCampaigns.filter(({ id }) => run.scenario.store.activeCampaigns.includes(id));
  return visitsOf(run, customer).flatMap((visit) =>
    active
      .filter((campaign) => startsBy(campaign, visit) && !hasOutcome(run, customer, campaign.id, String(visit.visit)))
      .map(({ id }) => `${customer.customerId} entered ${visit.stage}, and ${id} has neither mail nor reason`),
  );
};

const startsBy = ({ trigger, notAfterMs }: (typeof defaultCampaigns)[number], visit: Visit): boolean =>
  trigger.type === 'enters' &&
  trigger.stage === visit.stage &&
  (trigger.by === undefined || trigger.by === visit.cause || (trigger.by === 'order' && visit.cause === 'event')) &&
  (trigger.from === undefined || trigger.from.some((stage) => stage === visit.from)) &&
  visit.decidedAt - visit.effectiveAt <= notAfterMs;

const hasOutcome = (
  run: Finished,
  { store, customerId, mergedInto, erasedAt }: Customer,
  campaign: string,
  occurrence: string,
) => {
  const { table } = run;
  // What an alias was about to be mailed ends with the merge.
  if (mergedInto !== undefined) return true;
  // Nor is anybody enrolled who was erased before they were told of.
  if (erasedAt !== undefined && hasOutage(run)) return true;
  if (wasToldLate(run, { store, customerId, campaign, occurrence })) return true;
  const step = defaultCampaigns.find(({ id }) => id === campaign)?.steps[0]?.name ?? '';
  const sendId = sendIdOf({ store, campaign, step, customerId, occurrence });
  const pk = customerPk(store, customerId);
  const enrolledBefore = table.partition(pk).some((row) => row.entity === 'ENROL' && row.value.campaign === campaign);
  return enrolledBefore || table.get('SEND', { pk, sk: customerSk.send(sendId) }) !== undefined;
};
