import type { CampaignId } from '../campaigns/campaign.ts';
import type { CustomerId } from '../customers/customer.ts';
import type { StoreId } from '../store.ts';
import type { DurationMs, EpochMs } from '../time.ts';

/** Why a mail did not go; the order of the guardrails. Public codes: never rename. */
export const reasons = [
  'erased',
  'suppressed',
  'no-consent',
  'holdout',
  'goal-reached',
  'stage-left',
  'audience',
  'not-after',
  'held',
  'cap',
  'quiet-hours',
  'breaker',
  'quota',
  'restored',
  'abandoned',
] as const;
export type Reason = (typeof reasons)[number];

/** Facts SES tells about an accepted mail; each is kept once, the first time it is told. */
export type Feedback = Readonly<{
  deliveredAt?: EpochMs;
  bouncedAt?: EpochMs;
  bounce?: string;
  complainedAt?: EpochMs;
  clickedAt?: EpochMs;
  rejectedAt?: EpochMs;
}>;

export type SendState =
  | Readonly<{ status: 'pending' }>
  /** An attempt is under way until `leaseUntil`; afterwards nobody knows whether it was accepted. */
  | Readonly<{ status: 'sending'; leaseUntil: EpochMs }>
  | Readonly<{ status: 'unknown'; since: EpochMs }>
  | Readonly<{ status: 'sent'; sentAt: EpochMs; messageId: string }>
  | Readonly<{ status: 'skipped'; reason: Reason; closedAt: EpochMs }>
  | Readonly<{ status: 'failed'; reason: string; closedAt: EpochMs }>
  | Readonly<{ status: 'abandoned'; closedAt: EpochMs }>;

/** One mail of the ledger: written before anything leaves the system. */
export type Send = Readonly<{
  sendId: string;
  store: StoreId;
  customerId: CustomerId;
  campaign: CampaignId;
  campaignVersion: number;
  step: string;
  template: string;
  occurrence: string;
  class: 'marketing' | 'transactional';
  priority: number;
  /** The customer's own act started it today: passes the weekly cap. */
  byOwnAct: boolean;
  createdAt: EpochMs;
  plannedAt: EpochMs;
  notAfterMs: DurationMs;
  /** When the sweep has to look again: due time, lease end, settlement. Absent once closed. */
  dueAt?: EpochMs;
  attempt: number;
  /** Counts writes; 0 = never written. */
  version: number;
  state: SendState;
  feedback: Feedback;
}>;

/** A send that will change no more, but for feedback. */
export const isClosed = (send: Send): boolean =>
  send.state.status !== 'pending' && send.state.status !== 'sending' && send.state.status !== 'unknown';
