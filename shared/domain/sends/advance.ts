import { type DurationMs, type EpochMs, minutes } from '../time.ts';
import type { Feedback, Reason, Send } from './send.ts';

/** Longer than the function may run and than its call to the provider may take. */
export const leaseMs: DurationMs = minutes(3);
/** How long an unknown mail waits for an event that settles it. */
export const settleMs: DurationMs = minutes(15);
/** Transactional mail nobody vouches for: so many tries may each have arrived. */
export const maxUnclearAttempts = 3;
/** How long a mail waits when the provider says "slower". */
export const slowDownMs: DurationMs = minutes(1);

const next = (send: Send, change: Partial<Send>): Send => ({ ...send, version: send.version + 1, ...change });

const close = (send: Send, state: Send['state']): Send => {
  const { dueAt: _dueAt, ...closed } = next(send, { state });
  return closed;
};

/** `pending -> sending`: the attempt is numbered, and fenced by its lease. */
export const reserved = (send: Send, now: EpochMs): Send =>
  next(send, {
    state: { status: 'sending', leaseUntil: now + leaseMs },
    attempt: send.attempt + 1,
    dueAt: now + leaseMs,
  });

export const accepted = (send: Send, messageId: string, sentAt: EpochMs): Send =>
  close(send, { status: 'sent', sentAt, messageId });

export const skipped = (send: Send, reason: Reason, closedAt: EpochMs): Send =>
  close(send, { status: 'skipped', reason, closedAt });

/** A mail that is written down closed: in the ledger for ever, and never in the due index. */
export const withheldAtOnce = ({ dueAt: _dueAt, ...send }: Send, reason: Reason, closedAt: EpochMs): Send => ({
  ...send,
  state: { status: 'skipped', reason, closedAt },
});

export const failed = (send: Send, reason: string, closedAt: EpochMs): Send =>
  close(send, { status: 'failed', reason, closedAt });

/** Waits in the table: the sweep finds it at `until`. A definite refusal comes back to `pending` the same way. */
export const postponed = (send: Send, until: EpochMs): Send =>
  next(send, { state: { status: 'pending' }, dueAt: until });

/** A refusal for the provider's quota is no attempt: the number is free again. */
export const refusedForQuota = (send: Send, until: EpochMs): Send => ({
  ...postponed(send, until),
  attempt: send.attempt - 1,
});

/** The attempt's end is not known; an event that carries the send id may still tell. */
export const unsettled = (send: Send, now: EpochMs): Send =>
  next(send, { state: { status: 'unknown', since: now }, dueAt: now + settleMs });

/**
 * Settles what a lease left behind: an expired attempt becomes unknown; unknown marketing mail is given up after a while
 * (a missed offer is cheaper than a doubled one), unknown transactional mail is tried again, up to three times.
 *
 * @returns `undefined` when nothing is due.
 */
export const settled = (send: Send, now: EpochMs): Send | undefined => {
  if (send.dueAt === undefined || send.dueAt > now) return undefined;
  if (send.state.status === 'sending') return unsettled(send, now);
  if (send.state.status !== 'unknown') return undefined;
  const isGivenUp = send.class === 'marketing' || send.attempt >= maxUnclearAttempts;
  return isGivenUp ? close(send, { status: 'abandoned', closedAt: now }) : postponed(send, now);
};

/** What one provider event says of a mail. */
export type FeedbackEvent = Readonly<{
  type: 'sent' | 'delivered' | 'bounced' | 'complained' | 'clicked' | 'rejected';
  at: EpochMs;
  messageId: string;
  bounce?: string;
}>;

const feedbackField = {
  delivered: 'deliveredAt',
  bounced: 'bouncedAt',
  complained: 'complainedAt',
  clicked: 'clickedAt',
  rejected: 'rejectedAt',
} as const;

/**
 * Folds a provider event into the ledger. Events may come twice, in any order and before the mail was marked sent: any of
 * them proves that it was accepted, and each fact is kept as first told.
 *
 * @returns `undefined` when the event tells nothing new.
 */
export const withFeedback = (send: Send, event: FeedbackEvent): Send | undefined => {
  const unproven =
    send.state.status === 'sending' || send.state.status === 'unknown' || send.state.status === 'abandoned';
  const proven = unproven ? accepted(send, event.messageId, event.at) : undefined;
  const feedback = feedbackAfter(send.feedback, event);
  if (feedback === undefined) return proven;
  return { ...(proven ?? next(send, {})), feedback };
};

const feedbackAfter = (known: Feedback, event: FeedbackEvent): Feedback | undefined => {
  if (event.type === 'sent') return undefined;
  const field = feedbackField[event.type];
  if (known[field] !== undefined) return undefined;
  return {
    ...known,
    [field]: event.at,
    ...(event.type === 'bounced' && event.bounce !== undefined ? { bounce: event.bounce } : {}),
  };
};
