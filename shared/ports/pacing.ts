import type { Pace, Quota } from '../domain/pace/pace.ts';
import type { EpochMs } from '../domain/time.ts';
import type { SaveOutcome } from './customer-store.ts';

/** The pace all containers share. */
export interface Paces {
  /** Strongly consistent. */
  load(): Promise<Pace>;
  /** Writes `pace.version` where the row stands at the version before. */
  save(pace: Pace): Promise<SaveOutcome>;
}

/** What the mail provider allows the account. */
export interface MailQuota {
  /** Kept for five minutes in a warm container. */
  read(now: EpochMs): Promise<Quota>;
}

/** The switch outside the table that stops all mail. */
export interface KillSwitch {
  /** Kept for up to a minute. A failed read is no answer: it repeats the last one, or throws where there was none. */
  isOn(now: EpochMs): Promise<boolean>;
}
