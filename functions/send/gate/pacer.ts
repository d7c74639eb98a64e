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
/** A batch waits this long in all: its function may run for a minute, and has mails to send. */
const longestWaitMs = seconds(20);

/** Takes tokens from the table in blocks, so that few writes pace many mails. The mails of a batch ask one after the other. */
export const pacer = (paces: Paces, quota: MailQuota, sleep: (ms: number) => Promise<unknown> = pause): Pacer => {
  let block = { left: 0, takenAt: 0 };
  let turn: Promise<unknown> = Promise.resolve();
  /** The clock is read once for a batch: what its mails slept away since then has passed as well. */
  let slept = { since: 0, ms: 0 };
  const wait = async (ms: number, now: EpochMs): Promise<void> => {
    await sleep(ms);
    slept = { since: now, ms: (slept.since === now ? slept.ms : 0) + ms };
  };
  const refill = async (mail: PacedMail, now: EpochMs): Promise<EpochMs | undefined> => {
    const [allowed, first] = await Promise.all([quota.read(now), paces.load()]);
    const at = slept.since === now ? now + slept.ms : now;
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const said = take(attempt === 1 ? first : await paces.load(), allowed, mail.class, at);
      if (said.type === 'wait') return backInOrder(said.until, mail);
      if (said.startsAt > now + longestWaitMs) return backInOrder(said.startsAt, mail);
      if ((await paces.save(said.next)).type !== 'saved') continue;
      block = { left: said.tokens, takenAt: now };
      if (said.startsAt > at) await wait(said.startsAt - at, now);
      return undefined;
    }
    return backInOrder(at + seconds(1), mail);
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
