import type { FeedbackEvent } from '../../../../shared/domain/sends/advance.ts';
import { type DurationMs, days, type EpochMs, hours, minutes, seconds } from '../../../../shared/domain/time.ts';
import type { Mail, MailOutcome } from '../../../../shared/ports/mailer.ts';
import { chanceOf } from '../engine/chance.ts';
import type { FaultKind } from '../engine/faults.ts';
import type { Machine } from '../engine/invocation.ts';
import type { Account } from '../scenario/scenario.ts';
import { sesEvent } from './ses-event.ts';

/** A mail the provider took: it will reach the mailbox, whatever we come to know of it. */
export type AcceptedMail = Readonly<{ at: EpochMs; seq: number; messageId: string; mail: Mail }>;

export const mailFaults: readonly FaultKind[] = ['throttle', 'quota', 'reject', 'timeout', 'timeout-accepted'];

/** Mail that leaves, and what is told of it afterwards: late, twice, in any order, or never. */
export const makeMailProvider = (machine: Machine, account: Account, publish: (event: string) => void) => {
  const { seed, timeline, faults, table } = machine;
  const accepted: AcceptedMail[] = [];
  /** Instants of every mail of the account, other people's too. */
  const taken: EpochMs[] = [];
  const sentLastDay = (): number => taken.filter((at) => at > timeline.now() - days(1)).length;

  const accept = (mail: Mail): MailOutcome => {
    const messageId = `m-${accepted.length + 1}`;
    accepted.push({ at: timeline.now(), seq: table.commits.length, messageId, mail });
    taken.push(timeline.now());
    for (const [feedback, afterMs] of fateOf(seed, mail.sendId)) tell(mail, messageId, feedback, afterMs);
    return { type: 'accepted', messageId };
  };
  const tell = (mail: Mail, messageId: string, type: FeedbackEvent['type'], afterMs: DurationMs): void => {
    const place = faults.place(`mail event ${type} ${mail.sendId}`);
    const fault = faults.at(place, ['lost', 'twice', 'late']);
    if (fault === 'lost') return;
    const times = fault === 'twice' ? 2 : 1;
    const lateMs = fault === 'late' ? chanceOf(seed, 'late', place) * days(2) : 0;
    timeline.at(timeline.now() + afterMs + lateMs, () => {
      const { to, tags } = mail;
      for (let n = 0; n < times; n++) publish(sesEvent({ type, at: timeline.now(), messageId, to, tags }));
    });
  };
  return {
    accepted,
    ...{ sentLastDay, takenAt: taken },
    /** A mail of somebody nobody looks at here. */
    takeStranger: (): void => void taken.push(timeline.now()),
    send: async (mail: Mail, fault: FaultKind | undefined): Promise<MailOutcome> => {
      const refusal = refusals[sentLastDay() >= account.perDay ? 'quota' : (fault ?? '')];
      if (refusal !== undefined) return refusal;
      if (fault === 'timeout') return { type: 'ambiguous', code: 'timeout' };
      const outcome = accept(mail);
      return fault === 'timeout-accepted' ? { type: 'ambiguous', code: 'timeout' } : outcome;
    },
  };
};

const refusals: Readonly<Record<string, MailOutcome>> = {
  throttle: { type: 'refused', code: 'too-many-requests', retry: 'slower' },
  quota: { type: 'refused', code: 'daily-quota', retry: 'tomorrow' },
  reject: { type: 'refused', code: 'message-rejected', retry: 'never' },
};

/** What becomes of a mail, and how long after its acceptance: the same for the same mail. */
const fateOf = (seed: number, sendId: string): readonly (readonly [FeedbackEvent['type'], DurationMs])[] => {
  const after = (what: string, upTo: DurationMs): DurationMs => chanceOf(seed, what, sendId) * upTo;
  const reads = chanceOf(seed, 'reads', sendId);
  const sent = ['sent', after('sent', seconds(20))] as const;
  if (chanceOf(seed, 'bounces', sendId) < 0.05) return [sent, ['bounced', after('bounced', minutes(5))]];
  const delivered = ['delivered', after('delivered', minutes(1))] as const;
  if (reads < 0.05) return [sent, delivered, ['complained', after('complained', hours(30))]];
  return reads < 0.3 ? [sent, delivered, ['clicked', after('clicked', hours(8))]] : [sent, delivered];
};
