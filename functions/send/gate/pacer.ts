import { setTimeout as pause } from 'node:timers/promises';
import { backInOrder, type MailClass, type Pace, slower, stopped, take } from '../../../shared/domain/pace/pace.ts';
import { type EpochMs, seconds } from '../../../shared/domain/time.ts';
import type { MailQuota, Paces } from '../../../shared/ports/pacing.ts';

type PacedMail = Readonly<{ class: MailClass; priority: number }>;

/** The share of the provider's quota this container may use. */
export interface Pacer {
  /**
   * One token for one mail, waiting some seconds for its turn; or when to come back. Asked before an attempt is written down,
   * so that waiting spends none.
   */
  token(mail: PacedMail, now: EpochMs): Promise<EpochMs | undefined>;
  /** The provider refused for its quota: `slower` for the rate, `tomorrow` for the day. */
  refused(retry: 'slower' | 'tomorrow', now: EpochMs): Promise<void>;
}

const maxAttempts = 5;
/** A block is for now: what is left of it after two seconds is gone. */
const blockForMs = seconds(2);

/** Takes tokens from the table in blocks, so that few writes pace many mails. The mails of a batch ask one after the other. */
export const pacer = (paces: Paces, quota: MailQuota, sleep: (ms: number) => Promise<unknown> = pause): Pacer => {
  let block = { left: 0, takenAt: 0 };
  let turn: Promise<unknown> = Promise.resolve();
  const refill = async (mail: PacedMail, now: EpochMs): Promise<EpochMs | undefined> => {
    const [allowed, first] = await Promise.all([quota.read(now), paces.load()]);
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const said = take(attempt === 1 ? first : await paces.load(), allowed, mail.class, now);
      if (said.type === 'wait') return backInOrder(said.until, mail);
      if ((await paces.save(said.next)).type !== 'saved') continue;
      block = { left: said.tokens, takenAt: now };
      if (said.startsAt > now) await sleep(said.startsAt - now);
      return undefined;
    }
    return backInOrder(now + seconds(1), mail);
  };
  const token = async (mail: PacedMail, now: EpochMs): Promise<EpochMs | undefined> => {
    const isUsable = block.left > 0 && now >= block.takenAt && now - block.takenAt < blockForMs;
    const until = isUsable ? undefined : await refill(mail, now);
    if (until === undefined) block = { ...block, left: block.left - 1 };
    return until;
  };
  const change = async (move: (pace: Pace) => Pace | undefined): Promise<void> => {
    block = { left: 0, takenAt: 0 };
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const next = move(await paces.load());
      if (next === undefined || (await paces.save(next)).type === 'saved') return;
    }
  };
  return {
    token(mail, now) {
      const mine = turn.then(() => token(mail, now));
      turn = mine.catch(() => undefined);
      return mine;
    },
    refused: (retry, now) => change((pace) => (retry === 'slower' ? slower(pace, now) : stopped(pace, now))),
  };
};
