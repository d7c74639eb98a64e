import { holds } from '../conditions/evaluate.ts';
import { type ConsentFile, isErased } from '../consent/fold-consent.ts';
import { mayMail } from '../consent/may-mail.ts';
import type { MailPermission } from '../consent/permission.ts';
import { excludedStage } from '../customers/excluded.ts';
import { standsSuppressed } from '../customers/suppression.ts';
import type { Subject } from '../facts/subject.ts';
import { isBeforeRestore } from '../guardrails/restored.ts';
import { wakefulnessOf } from '../guardrails/sunset.ts';
import type { OrderRow } from '../orders/order-row.ts';
import { withheldAtOnce } from '../sends/advance.ts';
import { momentOf, planSend } from '../sends/plan-send.ts';
import type { Reason, Send } from '../sends/send.ts';
import { sendIdOf } from '../sends/send-id.ts';
import type { StoreSettings } from '../store.ts';
import { days, type EpochMs } from '../time.ts';
import type { Campaign, SendStep } from './campaign.ts';
import type { Enrolment } from './enrolment.ts';
import { armOf } from './holdout.ts';
import type { Occasion } from './occasion.ts';

/** A customer as enrolment sees one: root first, then its aliases. */
export type EnrolInput = Readonly<{
  store: StoreSettings;
  files: readonly [ConsentFile, ...ConsentFile[]];
  subject: Subject;
  suppressed: boolean;
  enrolments: readonly Enrolment[];
  /** Enrolments of the customer's aliases that reached the same person. @default - none did */
  aliasEnrolments?: readonly Enrolment[] | undefined;
  orderRows: readonly OrderRow[];
  now: EpochMs;
}>;

/** What enrolment writes down: an enrolment with its first mail, or a mail withheld before anyone was assigned. */
export type EnrolOutcome =
  | Readonly<{ type: 'enrolled'; enrolment: Enrolment; sends: readonly Send[] }>
  | Readonly<{ type: 'withheld'; send: Send }>
  /** Not a case for this campaign: another trigger, too late, or enrolled before. Nothing is written. */
  | Readonly<{ type: 'none' }>;

/**
 * Decides whether an occasion enrols a customer in a campaign.
 *
 * Both arms pass the same checks (erased, suppressed, consent, audience) before the arm is drawn, so that the held-out are
 * people who would have been mailed. Deciding twice gives the same ids and so writes once.
 */
export const enrol = (campaign: Campaign, occasion: Occasion, input: EnrolInput): EnrolOutcome => {
  if (!triggers(campaign, occasion) || isTooLate(campaign, occasion) || wasEnrolled(campaign, occasion, input))
    return { type: 'none' };
  const [step] = campaign.steps;
  if (step === undefined || isPast(campaign, step, occasion, input)) return { type: 'none' };
  const refusal = refusalOf(campaign, occasion, input);
  if (refusal !== undefined)
    return { type: 'withheld', send: withheldAtOnce(sendFor(campaign, step, occasion, input), refusal, input.now) };
  return enrolled(campaign, step, occasion, input);
};

const triggers = ({ trigger }: Campaign, occasion: Occasion): boolean => {
  if (trigger.type === 'event') return occasion.type === 'event' && occasion.name === trigger.name;
  if (occasion.type !== 'visit' || occasion.stage !== trigger.stage) return false;
  if (trigger.from !== undefined && !trigger.from.some((stage) => stage === occasion.from)) return false;
  return trigger.by === undefined ? occasion.by !== 'nothing' : occasion.by === trigger.by;
};

/** The trigger's own lateness: what was decided long after it happened mails nobody. */
const isTooLate = (campaign: Campaign, { decidedAt, effectiveAt }: Occasion): boolean =>
  decidedAt - effectiveAt > campaign.notAfterMs;

/** Told in time, but looked at so late that its first mail would be out of date: after an outage, or told again by reconcile. */
const isPast = (
  { notAfterMs }: Campaign,
  step: SendStep,
  { order, effectiveAt: triggeredAt }: Occasion,
  { orderRows, now }: EnrolInput,
): boolean => now - momentOf({ step, triggeredAt, deliveredAt: deliveryOf(order, orderRows) }) > notAfterMs;

const deliveryOf = (order: string | undefined, rows: readonly OrderRow[]): EpochMs | undefined =>
  rows.find(({ key }) => key === order)?.deliveredAt;

const wasEnrolled = (
  { id, reentry }: Campaign,
  { occurrence }: Occasion,
  { enrolments, aliasEnrolments = [], now }: EnrolInput,
): boolean => {
  if (reentry.type === 'every-visit') return false;
  const own = enrolments.filter((known) => known.occurrence !== occurrence);
  const others = [...own, ...aliasEnrolments].filter(({ campaign }) => campaign === id);
  return others.some((known) => reentry.type === 'once' || known.enrolledAt + reentry.coolDownMs > now);
};

const refusalOf = (
  campaign: Campaign,
  occasion: Occasion,
  { store, files, suppressed, subject, now }: EnrolInput,
): Reason | undefined => {
  if (isErased(files)) return 'erased';
  if (suppressed || files.some(({ contact }) => standsSuppressed(contact))) return 'suppressed';
  if (campaign.class === 'marketing' && !campaign.asksToStay && wakefulnessOf(files, store.rhythm, now) === 'asleep')
    return 'suppressed';
  if (campaign.class === 'marketing' && !mayBeAsked(mayMail(store, files, now))) return 'no-consent';
  if (occasion.type === 'visit' && occasion.left) return 'stage-left';
  if (files[0].customer.stage === excludedStage) return 'audience';
  return campaign.audience === undefined || holds(campaign.audience, subject, now) ? undefined : 'audience';
};

/** Whoever still has to confirm by mail may have done so by the time of the send, which asks again. */
const mayBeAsked = (permission: MailPermission): boolean => permission.may || permission.because === 'unconfirmed';

const enrolled = (campaign: Campaign, step: SendStep, occasion: Occasion, input: EnrolInput): EnrolOutcome => {
  const { store, now } = input;
  const arm = armOf(store.id, campaign, input.files[0].customer.experimentKey);
  const send = sendFor(campaign, step, occasion, input);
  const reason = withheldFor(arm, store, occasion);
  return {
    type: 'enrolled',
    sends: [reason === undefined ? send : withheldAtOnce(send, reason, now)],
    enrolment: {
      campaign: campaign.id,
      version: campaign.version,
      occurrence: occasion.occurrence,
      arm,
      enrolledAt: now,
      goalUntil: now + campaign.goalWindowMs,
      ...(occasion.order === undefined ? {} : { startedBy: occasion.order }),
      status: 'running',
    },
  };
};

/** Who was due before a restore is enrolled, so that `once` and cool-downs hold, but not mailed: they may have been already. */
const withheldFor = (arm: Enrolment['arm'], store: StoreSettings, { effectiveAt }: Occasion): Reason | undefined => {
  if (arm === 'held-out') return 'holdout';
  return isBeforeRestore(store, effectiveAt) ? 'restored' : undefined;
};

const sendFor = (campaign: Campaign, step: SendStep, occasion: Occasion, input: EnrolInput): Send => {
  const { store, now, orderRows } = input;
  const { customer } = input.files[0];
  const { occurrence, effectiveAt } = occasion;
  const sendId = sendIdOf({
    store: store.id,
    campaign: campaign.id,
    step: step.name,
    customerId: customer.customerId,
    occurrence,
  });
  const byOwnAct = occasion.type === 'event' || occasion.by === 'order';
  const deliveredAt = deliveryOf(occasion.order, orderRows);
  const plannedAt = planSend({
    step,
    triggeredAt: effectiveAt,
    deliveredAt,
    byOwnAct,
    profile: customer.profile,
    store,
    sendId,
    now,
  });
  return {
    sendId,
    store: store.id,
    customerId: customer.customerId,
    campaign: campaign.id,
    campaignVersion: campaign.version,
    step: step.name,
    template: step.template,
    occurrence,
    class: campaign.class,
    priority: campaign.priority,
    byOwnAct,
    createdAt: now,
    plannedAt,
    notAfterMs: campaign.notAfterMs,
    dueAt: plannedAt,
    attempt: 0,
    version: 1,
    state: { status: 'pending' },
    feedback: {},
  };
};

/** `by own act today` ends a day after the mail was created. */
export const isOwnActToday = (send: Pick<Send, 'byOwnAct' | 'createdAt'>, now: EpochMs): boolean =>
  send.byOwnAct && now - send.createdAt < days(1);
