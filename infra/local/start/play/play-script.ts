import { type EpochMs, hours } from '../../../../shared/domain/time.ts';
import { type Answers, performAll, type Target } from './perform.ts';
import type { Act, ReceivedMail, Script } from './script.ts';

/** The running system as a player needs it. */
export type PlayedSystem = Readonly<{
  now: () => EpochMs;
  /** Runs every schedule and wake on the way and answers when idle. */
  advanceTo: (at: EpochMs) => Promise<void>;
  idle: () => Promise<void>;
  /** Mails that have arrived since the last call. */
  newMails: () => Promise<readonly ReceivedMail[]>;
}>;

export type PlayProgress = Readonly<{ now: EpochMs; mails: number; answers: Answers }>;

const hour = hours(1);
/** Mail is looked at once a day at least, so that its readers act in time. */
const longestStep = hours(24);

const endOfHour = (at: EpochMs): EpochMs => Math.ceil(at / hour) * hour;

/** A webhook that comes alone shows how long the system takes from the door to rest. */
const performTimed = async (
  { idle }: PlayedSystem,
  target: Target,
  acts: readonly Act[],
  answers: Answers,
): Promise<void> => {
  const startedAt = performance.now();
  await performAll(target, acts, answers);
  if (acts.length !== 1 || acts[0]?.type !== 'webhook') return;
  await idle();
  answers.restMs.push(performance.now() - startedAt);
};

/**
 * Plays a script through the system, an hour that has something in it at a time: move the clock to the hour's end,
 * hand over the mail that came meanwhile, then let everything due happen at once.
 */
export const playScript = async (
  script: Script,
  system: PlayedSystem,
  target: Target,
  answers: Answers,
  watch: (progress: PlayProgress) => void,
): Promise<void> => {
  let mails = 0;
  const readMail = async (): Promise<void> => {
    for (const mail of await system.newMails()) {
      mails += 1;
      script.receive(mail);
    }
  };
  for (let next = script.nextAt(); next !== undefined; next = script.nextAt()) {
    const step = Math.min(endOfHour(next), system.now() + longestStep, script.to);
    await system.advanceTo(step);
    await readMail();
    await performTimed(system, target, script.take(system.now()), answers);
    watch({ now: system.now(), mails, answers });
  }
  await system.advanceTo(script.to);
  await readMail();
  watch({ now: system.now(), mails, answers });
};
