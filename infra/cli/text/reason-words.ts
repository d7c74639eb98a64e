import type { Reason } from '../../../shared/domain/sends/send.ts';

const words: Readonly<Record<Reason, string>> = {
  erased: 'the person was erased',
  suppressed: 'the address bounced or complained before',
  'no-consent': 'there was no consent to marketing',
  holdout: 'kept without mail, to measure what the mails really bring',
  'goal-reached': 'the goal was reached before it went',
  'stage-left': 'an order or a correction had moved them out of the stage',
  audience: 'they no longer were in the audience',
  'not-after': 'it would have come too late',
  held: 'an order or case was still open',
  cap: 'too many mails in too short a time',
  'quiet-hours': 'no allowed hour was left',
  breaker: 'sending was stopped: too many bounces or complaints',
  quota: "the mail provider's quota was used up",
  restored: 'it was unsent when the data were restored',
  abandoned: 'nobody knows whether the provider took it; it was not repeated',
};

const isReason = (text: string): text is Reason => Object.hasOwn(words, text);

/** Why a mail did not go: its code, as in the reports, and what that means. */
export const reasonWords = (reason: string): string =>
  isReason(reason) ? `(${reason}) ${words[reason]}` : `(${reason})`;
