import type { Campaign } from '../campaigns/campaign.ts';
import type { Enrolment } from '../campaigns/enrolment.ts';
import type { RecentSend } from '../customers/contact.ts';
import { type GuardInput, guard } from '../guardrails/guard.ts';
import { isBeforeRestore } from '../guardrails/restored.ts';
import { type EpochMs, hours } from '../time.ts';
import { confirmationCampaign } from './confirmation-send.ts';
import type { Reason, Send } from './send.ts';

/** A decided step of one pending mail. */
export type Choice =
  | Readonly<{ type: 'go'; send: Send }>
  | Readonly<{ type: 'skip'; send: Send; reason: Reason }>
  | Readonly<{ type: 'wait'; send: Send; reason: Reason; until: EpochMs }>;

/** Everything of one customer; campaigns and enrolments are found per mail. */
export type ChooseInput = Omit<GuardInput, 'campaign' | 'enrolment'> &
  Readonly<{ sends: readonly Send[]; campaigns: readonly Campaign[]; enrolments: readonly Enrolment[] }>;

/**
 * Decides all due mails of one customer together: transactional before marketing, higher priority first, then the older.
 * Each mail that goes counts against the caps of those after it, so of two marketing mails due together one waits.
 */
export const choose = ({ sends, campaigns, enrolments, ...input }: ChooseInput): readonly Choice[] => {
  const choices: Choice[] = [];
  let recent: readonly RecentSend[] = input.recent;
  for (const send of dueFirst(sends, input.now)) {
    const choice = chooseOne(send, campaigns, enrolments, { ...input, recent });
    choices.push(choice);
    if (choice.type === 'go' && send.class === 'marketing')
      recent = [...recent, { sendId: send.sendId, at: input.now }];
  }
  return choices;
};

const chooseOne = (
  send: Send,
  campaigns: readonly Campaign[],
  enrolments: readonly Enrolment[],
  input: Omit<GuardInput, 'campaign'>,
): Choice => {
  const campaign = [confirmationCampaign, ...campaigns].find(({ id }) => id === send.campaign);
  if (campaign === undefined) return whilePaused(send, input);
  const enrolment = enrolments.find(
    (known) => known.campaign === send.campaign && known.occurrence === send.occurrence,
  );
  return { send, ...guard(send, { ...input, campaign, enrolment }) };
};

/** Mails of a paused campaign look again every hour, until their not-after. */
const whilePaused = (send: Send, { store, now }: Pick<GuardInput, 'store' | 'now'>): Choice => {
  if (isBeforeRestore(store, send.createdAt)) return { type: 'skip', send, reason: 'restored' };
  return now - send.plannedAt > send.notAfterMs
    ? { type: 'skip', send, reason: 'not-after' }
    : { type: 'wait', send, reason: 'held', until: now + hours(1) };
};

const classRank = { transactional: 0, marketing: 1 } as const;

const dueFirst = (sends: readonly Send[], now: EpochMs): readonly Send[] =>
  sends
    .filter((send) => send.state.status === 'pending' && send.dueAt !== undefined && send.dueAt <= now)
    .sort(
      (a, b) =>
        classRank[a.class] - classRank[b.class] ||
        b.priority - a.priority ||
        a.createdAt - b.createdAt ||
        (a.sendId < b.sendId ? -1 : 1),
    );
