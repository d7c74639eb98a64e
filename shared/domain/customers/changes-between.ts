import type { BusFact } from '../bus-fact.ts';
import { consentStands } from '../consent/fold-consent.ts';
import type { OrderHistory } from '../facts/order-history.ts';
import { hashOf } from '../hash.ts';
import { noContact } from './contact.ts';
import type { Customer } from './customer.ts';
import { enrolGraceMs, type Visit } from './visit.ts';

/** Where customers go who no longer stand in a stage of their own. */
export const leftStages = { merged: 'merged', erased: 'erased' } as const;

/** What a committed change of a customer means to others. */
export type Changes = Readonly<{ visit?: Visit; facts: readonly BusFact[] }>;

/** Compares the images of one committed write. The same pair always gives the same visit and the same fact ids. */
export const changesBetween = (before: Customer | undefined, after: Customer): Changes => {
  const visit = visitBegun(before, after);
  const facts = [
    stageChanged(before, after),
    orderCounted(before, after),
    consentGranted(before, after),
    ended(before, after),
  ];
  return { ...(visit === undefined ? {} : { visit }), facts: facts.filter((fact) => fact !== undefined) };
};

const firing = new Set(['order', 'event', 'time']);

/** The visit a committed change begins, if it begins one. */
export const visitBegun = (before: Customer | undefined, after: Customer): Visit | undefined => {
  const left = leftStage(before, after);
  // An alias left its stage when it was merged, and whom nobody knew was in none; erased, they leave none.
  if (left !== undefined && (before === undefined || before.mergedInto !== undefined)) return undefined;
  if (left !== undefined)
    return { ...visitOf(after), visit: after.visit + 1, stage: left, from: after.stage, cause: 'correction' };
  if (after.visit === (before?.visit ?? 0)) return undefined;
  return firing.has(after.cause) ? { ...visitOf(after), dueAt: after.decidedAt + enrolGraceMs } : visitOf(after);
};

const leftStage = (before: Customer | undefined, after: Customer): string | undefined => {
  if (after.erasedAt !== undefined && before?.erasedAt === undefined) return leftStages.erased;
  return after.mergedInto !== undefined && before !== undefined && before.mergedInto === undefined
    ? leftStages.merged
    : undefined;
};

const visitOf = ({ visit, stage, from, since, decidedAt, cause, causeOrder, decidedUnder }: Customer): Visit => ({
  ...{ visit, stage, effectiveAt: since, decidedAt, cause, decidedUnder },
  ...(from === undefined ? {} : { from }),
  ...(causeOrder === undefined ? {} : { causeOrder }),
});

const envelope = (type: BusFact['type'], after: Customer) => ({
  factId: hashOf(['fact', after.store, after.customerId, type, String(after.version)]),
  store: after.store,
  customer: after.customerId,
  at: after.decidedAt,
});

const stageChanged = (before: Customer | undefined, after: Customer): BusFact | undefined => {
  if (after.visit === (before?.visit ?? 0)) return undefined;
  const { visit, stage: to, from, cause, since: effectiveAt } = after;
  return {
    ...envelope('stage-changed', after),
    type: 'stage-changed',
    visit,
    to,
    cause,
    effectiveAt,
    ...(from === undefined ? {} : { from }),
  };
};

const orderCounted = (before: Customer | undefined, after: Customer): BusFact | undefined => {
  if (before !== undefined && sameOrders(before.history, after.history)) return undefined;
  if (before === undefined && after.history.lastPlacedAt === undefined) return undefined;
  const { orders, deliveredAt } = after.history;
  const delivered = deliveredAt !== undefined && deliveredAt !== before?.history.deliveredAt;
  return {
    ...envelope('order-counted', after),
    type: 'order-counted',
    orders,
    delivered,
  };
};

const sameOrders = (a: OrderHistory, b: OrderHistory): boolean =>
  a.counted === b.counted &&
  a.placed === b.placed &&
  a.revenueMinor === b.revenueMinor &&
  a.lastAt === b.lastAt &&
  a.lastPlacedAt === b.lastPlacedAt &&
  a.deliveredAt === b.deliveredAt;

const consentGranted = (before: Customer | undefined, after: Customer): BusFact | undefined => {
  const { consent } = after;
  if (consent === undefined || consent.statement === before?.consent?.statement) return undefined;
  if (!consentStands(consent, noContact) || consentStands(before?.consent, noContact)) return undefined;
  return {
    ...envelope('consent-granted', after),
    type: 'consent-granted',
    statement: consent.statement,
    effectiveAt: consent.at,
    placed: after.history.placed,
  };
};

const ended = (before: Customer | undefined, after: Customer): BusFact | undefined => {
  const left = leftStage(before, after);
  if (left === undefined) return undefined;
  return left === leftStages.merged && after.mergedInto !== undefined
    ? { ...envelope('customer-merged', after), type: 'customer-merged', into: after.mergedInto }
    : { ...envelope('customer-erased', after), type: 'customer-erased' };
};
