import type { Campaign } from '../campaigns/campaign.ts';
import { asksForConfirmation, askWithinMs } from '../consent/double-opt-in.ts';
import type { ConsentStatement } from '../consent/statement.ts';
import type { Customer } from '../customers/customer.ts';
import type { EpochMs } from '../time.ts';
import type { Send } from './send.ts';
import { sendIdOf } from './send-id.ts';

/** What is mailed without anyone switching it on: answers to what a customer just did, without a word of advertising. */
export const confirmationCampaign: Campaign = {
  id: 'consent-confirmation',
  version: 1,
  name: 'Confirm your subscription',
  class: 'transactional',
  trigger: { type: 'event', name: 'consent.pending' },
  steps: [{ name: 'please-confirm', template: 'consent/please-confirm', delayMs: 0 }],
  goalWindowMs: 0,
  notAfterMs: askWithinMs,
  reentry: { type: 'every-visit' },
  priority: 100,
  holdout: 0,
};

/** The mail that asks for the confirmation of a statement: one for each statement, at once, at any hour. */
export const confirmationSend = (
  { store, customerId }: Pick<Customer, 'store' | 'customerId'>,
  statement: ConsentStatement,
  now: EpochMs,
): Send | undefined => {
  if (!asksForConfirmation(statement, now)) return undefined;
  const { id: campaign, version, class: kind, priority, notAfterMs } = confirmationCampaign;
  const step = 'please-confirm';
  return {
    sendId: sendIdOf({ store, campaign, step, customerId, occurrence: statement.id }),
    ...{ store, customerId, campaign, campaignVersion: version, step, occurrence: statement.id },
    template: `consent/${step}`,
    ...{ class: kind, priority, notAfterMs, byOwnAct: true },
    ...{ createdAt: now, plannedAt: now, dueAt: now, attempt: 0, version: 1 },
    state: { status: 'pending' },
    feedback: {},
  };
};
