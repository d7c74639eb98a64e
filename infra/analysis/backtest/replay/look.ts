import { type EnrolInput, type EnrolOutcome, enrol } from '../../../../shared/domain/campaigns/enrol.ts';
import { occasionOfConsent, occasionOfVisit } from '../../../../shared/domain/campaigns/occasion.ts';
import type { Arrival } from '../../../../shared/domain/customers/arrival.ts';
import { visitBegun } from '../../../../shared/domain/customers/changes-between.ts';
import type { Customer, CustomerId } from '../../../../shared/domain/customers/customer.ts';
import { type Look, lookAtCustomer } from '../../../../shared/domain/customers/look-at-customer.ts';
import { subjectOf } from '../../../../shared/domain/facts/subject.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { CustomerFile } from '../../../../shared/ports/customer-store.ts';
import { fitAt, fitOfVersion, type ReplayRules } from './replay-rules.ts';

/** Looks at a customer as react does, records the visit as relay does, and decides what waits as enrol does. */
export const lookedAt = (
  rules: ReplayRules,
  customerId: CustomerId,
  file: CustomerFile,
  arrivals: readonly Arrival[],
  now: EpochMs,
): CustomerFile => {
  const { store, lifecycle } = rules;
  const fit = fitAt(rules, now);
  const under = file.customer?.decidedUnder.fit ?? fit.version;
  const look = lookAtCustomer({
    ...{ store, lifecycle, fit, customerId, arrivals, now, aliases: [] },
    ...{ customer: file.customer, contact: file.contact, orderRows: file.orderRows, enrolments: file.enrolments },
    previous: under === fit.version ? undefined : { lifecycle, fit: fitOfVersion(rules, under) },
  });
  return enrolled(rules, withVisit(committed(file, look), file.customer), now);
};

/** What the write of a look leaves. */
const committed = (file: CustomerFile, { rows, statements, conversions, customer }: Look): CustomerFile => ({
  ...file,
  ...(customer === undefined ? {} : { customer }),
  orderRows: rows.length === 0 ? file.orderRows : [...without(file.orderRows, rows), ...rows],
  consents: statements.length === 0 ? file.consents : [...file.consents, ...statements],
  enrolments: file.enrolments.map((enrolment) => conversions.find((ended) => isSame(ended, enrolment)) ?? enrolment),
});

const without = (known: CustomerFile['orderRows'], rows: Look['rows']): CustomerFile['orderRows'] =>
  known.filter(({ key }) => !rows.some((row) => row.key === key));

type Named = Readonly<{ campaign: string; occurrence: string }>;
const isSame = (a: Named, b: Named): boolean => a.campaign === b.campaign && a.occurrence === b.occurrence;

const withVisit = (file: CustomerFile, before: Customer | undefined): CustomerFile => {
  if (file.customer === undefined || file.customer === before) return file;
  const visit = visitBegun(before, file.customer);
  return visit === undefined ? file : { ...file, visits: [...file.visits, visit] };
};

/** Decides every visit and consent that waits for an enrolment decision. */
const enrolled = (rules: ReplayRules, file: CustomerFile, now: EpochMs): CustomerFile => {
  const { customer, contact, enrolments, orderRows, visits, consents } = file;
  const occasions = [
    ...visits.filter(({ dueAt }) => dueAt !== undefined).map((visit) => occasionOfVisit(visit, visits)),
    ...consents.filter(({ dueAt }) => dueAt !== undefined).map(occasionOfConsent),
  ];
  if (customer === undefined || occasions.length === 0) return file;
  const input: EnrolInput = {
    ...{ store: rules.store, files: [{ customer, contact }], suppressed: false, enrolments, orderRows, now },
    subject: subjectOf(customer, rules.store, fitAt(rules, now)),
  };
  const outcomes = occasions.flatMap((occasion) => rules.campaigns.map((campaign) => enrol(campaign, occasion, input)));
  return {
    ...file,
    visits: visits.map(settled),
    consents: consents.map(settled),
    enrolments: [
      ...enrolments,
      ...outcomes.flatMap((outcome) => (outcome.type === 'enrolled' ? outcome.enrolment : [])),
    ],
    sends: [...file.sends, ...outcomes.flatMap(sendsOf)],
  };
};

const settled = <T extends Readonly<{ dueAt?: EpochMs }>>(waiting: T): T => {
  if (waiting.dueAt === undefined) return waiting;
  const { dueAt: _dueAt, ...rest } = waiting;
  return rest as T;
};

const sendsOf = (outcome: EnrolOutcome) => {
  if (outcome.type === 'none') return [];
  return outcome.type === 'withheld' ? [outcome.send] : outcome.sends;
};
