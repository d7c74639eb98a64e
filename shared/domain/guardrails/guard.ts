import type { Campaign } from '../campaigns/campaign.ts';
import { isOwnActToday } from '../campaigns/enrol.ts';
import type { Enrolment } from '../campaigns/enrolment.ts';
import { hasLeft } from '../campaigns/occasion.ts';
import { holds } from '../conditions/evaluate.ts';
import { type ConsentFile, isErased } from '../consent/fold-consent.ts';
import { mayMail } from '../consent/may-mail.ts';
import type { RecentSend } from '../customers/contact.ts';
import type { Customer } from '../customers/customer.ts';
import { excludedStage } from '../customers/excluded.ts';
import { standsSuppressed } from '../customers/suppression.ts';
import type { Visit } from '../customers/visit.ts';
import type { Subject } from '../facts/subject.ts';
import { type CountingPolicy, isAlive } from '../orders/counting.ts';
import type { OrderRow } from '../orders/order-row.ts';
import { confirmationCampaign } from '../sends/confirmation-send.ts';
import { hoursFor } from '../sends/plan-send.ts';
import type { Reason, Send } from '../sends/send.ts';
import type { StoreSettings } from '../store.ts';
import { days, type EpochMs, hours, minutes } from '../time.ts';
import { marketingCaps } from './frequency-cap.ts';
import { mailTime } from './mail-hours.ts';
import { isBeforeRestore } from './restored.ts';
import { wakefulnessOf } from './sunset.ts';
import { zonesOf } from './time-zones.ts';

/** What the guardrails look at for one mail; `files` holds the root first, then its aliases. */
export type GuardInput = Readonly<{
  store: StoreSettings;
  campaign: Campaign;
  files: readonly [ConsentFile, ...ConsentFile[]];
  suppressed: boolean;
  subject: Subject;
  enrolment?: Enrolment | undefined;
  visits: readonly Visit[];
  orderRows: readonly OrderRow[];
  policy: CountingPolicy;
  /** Marketing mails that count against the caps, those reserved a moment ago included. */
  recent: readonly RecentSend[];
  /** Marketing waits until then, because the circuit breaker is open. */
  breakerUntil?: EpochMs | undefined;
  now: EpochMs;
}>;

export type GuardVerdict =
  | Readonly<{ type: 'go' }>
  | Readonly<{ type: 'skip'; reason: Reason }>
  /** Look again then; the reason counts only if the mail ends skipped. */
  | Readonly<{ type: 'wait'; reason: Reason; until: EpochMs }>;

const go: GuardVerdict = { type: 'go' };
const skip = (reason: Reason): GuardVerdict => ({ type: 'skip', reason });
const wait = (reason: Reason, until: EpochMs): GuardVerdict => ({ type: 'wait', reason, until });

/** A mail is held for this long after an order other than the one that started it. */
export const holdAfterOrderMs = days(3);

/** What ends by an event nobody can foresee is looked at again after so long. */
const lookAgainMs = hours(6);
/** How soon after `resume` a paused mail looks again. */
const pausedLookMs = minutes(10);

/** Whoever waits for an answer or for money is not asked to buy. */
const hasOpenCase = ({ signals }: Customer): boolean =>
  signals?.['case.open']?.value === true || signals?.['refund.open']?.value === true;

type Guard = (send: Send, input: GuardInput) => GuardVerdict;

/** Whether a mail may go now. The guardrails stand in a fixed order; the first that objects gives the reason. */
export const guard: Guard = (send, input) => {
  for (const check of checks) {
    const verdict = check(send, input);
    if (verdict.type !== 'go') return verdict;
  }
  return go;
};

const erased: Guard = (_send, { files }) => (isErased(files) ? skip('erased') : go);

/** Mails of every class: what an older copy holds unsent may have gone since the copy was made. */
const restored: Guard = (send, { store, enrolment }) =>
  isBeforeRestore(store, Math.min(send.createdAt, enrolment?.enrolledAt ?? send.createdAt)) ? skip('restored') : go;

const suppressed: Guard = (send, { campaign, store, files, suppressed, now }) => {
  if (suppressed || files.some(({ contact }) => standsSuppressed(contact))) return skip('suppressed');
  if (send.class === 'transactional' || campaign.asksToStay) return go;
  return wakefulnessOf(files, store.rhythm, now) === 'asleep' ? skip('suppressed') : go;
};

const consent: Guard = (send, { campaign, store, files, now }) => {
  if (campaign.id === confirmationCampaign.id) return confirmation(send, files[0]);
  if (send.class === 'transactional') return go;
  const isLeftOut = files.some(({ contact }) => contact.topicsOff?.includes(campaign.topic ?? ''));
  return !isLeftOut && mayMail(store, files, now).may ? go : skip('no-consent');
};

/** A yes is confirmed while it waits for that: not once it was, nor once it was taken back. */
const confirmation = ({ occurrence }: Send, { customer, contact }: ConsentFile): GuardVerdict => {
  const { consent: said } = customer;
  if (said?.state === 'granted' || contact.confirmed?.statement === occurrence) return skip('goal-reached');
  const isTakenBack = contact.optedOutAt !== undefined && contact.optedOutAt >= (said?.at ?? 0);
  return said?.state === 'pending' && !isTakenBack ? go : skip('no-consent');
};

const holdout: Guard = (_send, { enrolment }) => (enrolment?.arm === 'held-out' ? skip('holdout') : go);

/** Any other order placed since, a pending one included, ends the enrolment; the one that started it may carry a shop's fast clock. */
const goal: Guard = (_send, { enrolment, orderRows, policy }) => {
  if (enrolment === undefined) return go;
  const { startedBy, enrolledAt } = enrolment;
  const ends = orderRows.some((row) => row.key !== startedBy && row.placedAt > enrolledAt && isAlive(row, policy));
  return ends ? skip('goal-reached') : go;
};

const stage: Guard = (send, { campaign, visits, files }) => {
  if (files[0].customer.mergedInto !== undefined) return skip('stage-left');
  return campaign.trigger.type === 'enters' && hasLeft(Number(send.occurrence), visits) ? skip('stage-left') : go;
};

const audience: Guard = (_send, { campaign, subject, files, now }) => {
  if (files[0].customer.stage === excludedStage) return skip('audience');
  return campaign.audience === undefined || holds(campaign.audience, subject, now) ? go : skip('audience');
};

const notAfter: Guard = (send, { now }) => (now - send.plannedAt > send.notAfterMs ? skip('not-after') : go);

/** A paused store mails nothing, not even answers. */
const held: Guard = (send, input) => {
  if (input.store.pausedAt !== undefined) return wait('held', input.now + pausedLookMs);
  return send.class === 'transactional' ? go : heldBack(send, input);
};

const heldBack: Guard = (send, { campaign, store, files, enrolment, orderRows, policy, now }) => {
  const step = campaign.steps.find(({ name }) => name === send.step);
  if (step?.reward !== undefined && store.rewardCodes[step.reward] === undefined)
    return wait('held', now + lookAgainMs);
  if (files.some(({ customer }) => hasOpenCase(customer))) return wait('held', now + lookAgainMs);
  const last = orderRows
    .filter((row) => isAlive(row, policy) && row.key !== enrolment?.startedBy)
    .map(({ placedAt }) => placedAt);
  const until = Math.max(...last, Number.NEGATIVE_INFINITY) + holdAfterOrderMs;
  if (until > now) return wait('held', until);
  return beforeDelivery(step?.afterDeliveryMs, orderRows, enrolment, now);
};

/** A mail that speaks of an order waits for its delivery where that is known to come. */
const beforeDelivery = (
  afterDeliveryMs: number | undefined,
  orderRows: readonly OrderRow[],
  enrolment: Enrolment | undefined,
  now: EpochMs,
): GuardVerdict => {
  const deliveredAt = orderRows.find(({ key }) => key === enrolment?.startedBy)?.deliveredAt;
  if (afterDeliveryMs === undefined || deliveredAt === undefined) return go;
  return deliveredAt + afterDeliveryMs > now ? wait('held', deliveredAt + afterDeliveryMs) : go;
};

const cap: Guard = (send, { store, files, recent, now }) => {
  if (send.class === 'transactional') return go;
  const isFading = wakefulnessOf(files, store.rhythm, now) !== 'awake';
  const isMonthly = isFading || files.some(({ contact }) => contact.monthlySince !== undefined);
  const verdict = marketingCaps(recent, { byOwnActToday: isOwnActToday(send, now), isMonthly }, now);
  return verdict.type === 'wait' ? wait('cap', verdict.until) : go;
};

const quietHours: Guard = (send, { store, files, now }) => {
  if (send.class === 'transactional') return go;
  const at = mailTime(hoursFor(store, send.byOwnAct), zonesOf(files[0].customer.profile, store.timeZone), now);
  return at > now ? wait('quiet-hours', at) : go;
};

const breaker: Guard = (send, { breakerUntil, now }) =>
  send.class === 'marketing' && breakerUntil !== undefined && breakerUntil > now ? wait('breaker', breakerUntil) : go;

const checks: readonly Guard[] = [
  erased,
  restored,
  suppressed,
  consent,
  holdout,
  goal,
  stage,
  audience,
  notAfter,
  held,
  cap,
  quietHours,
  breaker,
];
