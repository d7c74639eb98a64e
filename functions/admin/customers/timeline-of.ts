import type { Enrolment } from '../../../shared/domain/campaigns/enrolment.ts';
import type { ConsentStatement } from '../../../shared/domain/consent/statement.ts';
import type { Contact } from '../../../shared/domain/customers/contact.ts';
import type { Visit } from '../../../shared/domain/customers/visit.ts';
import type { Lifting } from '../../../shared/domain/guardrails/lift-suppression.ts';
import type { OrderRow } from '../../../shared/domain/orders/order-row.ts';
import type { Send } from '../../../shared/domain/sends/send.ts';
import { type EpochMs, toIso } from '../../../shared/domain/time.ts';
import type { CustomerFile } from '../../../shared/ports/customer-store.ts';
import { isoOf } from '../instant.ts';
import type { TimelineItem } from './timeline-item.ts';

/** An item and its place: newest first, and within an instant by key, so that a page break loses nothing. */
export type TimelineEntry = Readonly<{ at: EpochMs; key: string; item: TimelineItem }>;

const entry = (at: EpochMs, key: string, item: TimelineItem): TimelineEntry => ({ at, key, item });

const visitEntry = (v: Visit): TimelineEntry =>
  entry(v.effectiveAt, `visit#${v.visit}`, {
    at: toIso(v.effectiveAt),
    type: 'visit',
    visit: v.visit,
    stage: v.stage,
    from: v.from,
    cause: v.cause,
    decidedAt: toIso(v.decidedAt),
    order: v.causeOrder,
  });

const consentEntry = (c: ConsentStatement): TimelineEntry =>
  entry(c.at, `consent#${c.id}`, {
    at: toIso(c.at),
    type: 'consent',
    status: c.state,
    basis: c.basis,
    source: c.source,
  });

const contactEntries = ({ optedOutAt, suppressedAt, suppressedBy }: Contact): readonly TimelineEntry[] => [
  ...(optedOutAt === undefined ? [] : [entry(optedOutAt, 'opt-out', { at: toIso(optedOutAt), type: 'opt-out' })]),
  ...(suppressedAt === undefined ? [] : [suppressionEntry(suppressedAt, suppressedBy)]),
];

const suppressionEntry = (at: EpochMs, reason: Contact['suppressedBy']): TimelineEntry =>
  entry(at, `suppression#${at}`, { at: toIso(at), type: 'suppression', reason });

/** CONTACT knows the latest suppression only; a lifting remembers the one it lifted. */
const suppressionEntries = ({ contact, liftings }: CustomerFile): readonly TimelineEntry[] => {
  const before = liftings.filter(({ suppressedAt }) => suppressedAt !== contact.suppressedAt);
  return [...before.map(({ suppressedAt, by }) => suppressionEntry(suppressedAt, by)), ...liftings.map(liftingEntry)];
};

const liftingEntry = ({ at, by, because, agreedAt }: Lifting): TimelineEntry =>
  entry(at, `lifting#${at}`, {
    at: toIso(at),
    type: 'suppression-lifted',
    reason: by,
    because,
    agreedAt: isoOf(agreedAt),
  });

const enrolmentEntries = (e: Enrolment): readonly TimelineEntry[] => {
  const key = `${e.campaign}#${e.occurrence}`;
  return [
    entry(e.enrolledAt, `enrolment#${key}`, {
      at: toIso(e.enrolledAt),
      type: 'enrolment',
      campaign: e.campaign,
      status: e.status,
      arm: e.arm,
      reason: e.endedBy,
      order: e.startedBy,
    }),
    ...(e.convertedAt === undefined
      ? []
      : [
          entry(e.convertedAt, `conversion#${key}`, {
            at: toIso(e.convertedAt),
            type: 'conversion',
            campaign: e.campaign,
          }),
        ]),
  ];
};

const sendInstant = (s: Send): EpochMs => {
  if (s.state.status === 'sent') return s.state.sentAt;
  return 'closedAt' in s.state ? s.state.closedAt : s.plannedAt;
};

const feedbackOf = ({ feedback: f }: Send) =>
  Object.keys(f).length === 0
    ? undefined
    : {
        deliveredAt: isoOf(f.deliveredAt),
        clickedAt: isoOf(f.clickedAt),
        bouncedAt: isoOf(f.bouncedAt),
        complainedAt: isoOf(f.complainedAt),
        rejectedAt: isoOf(f.rejectedAt),
      };

const sendEntry = (s: Send): TimelineEntry =>
  entry(sendInstant(s), `send#${s.sendId}`, {
    at: toIso(sendInstant(s)),
    type: 'send',
    campaign: s.campaign,
    send: s.sendId,
    step: s.step,
    status: s.state.status,
    reason: 'reason' in s.state ? s.state.reason : undefined,
    plannedAt: toIso(s.plannedAt),
    dueAt: isoOf(s.dueAt),
    messageId: s.state.status === 'sent' ? s.state.messageId : undefined,
    feedback: feedbackOf(s),
  });

const orderEntry = (o: OrderRow): TimelineEntry =>
  entry(o.placedAt, `order#${o.key}`, {
    at: toIso(o.placedAt),
    type: 'order',
    order: o.key,
    status: o.status,
    totalMinor: o.totalMinor,
    refundedMinor: o.refundedMinor,
  });

/** Whether `a` stands before `b` in a timeline. */
export const byNewest = (a: Pick<TimelineEntry, 'at' | 'key'>, b: Pick<TimelineEntry, 'at' | 'key'>): number =>
  b.at - a.at || (a.key < b.key ? -1 : Number(a.key > b.key));

/** Everything that is known to have happened to a customer, newest first. */
export const timelineOf = (file: CustomerFile): readonly TimelineEntry[] =>
  [
    ...file.visits.map(visitEntry),
    ...file.consents.map(consentEntry),
    ...contactEntries(file.contact),
    ...suppressionEntries(file),
    ...file.enrolments.flatMap(enrolmentEntries),
    ...file.sends.map(sendEntry),
    ...file.orderRows.map(orderEntry),
  ].sort(byNewest);
