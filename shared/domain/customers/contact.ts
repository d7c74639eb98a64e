import type { EpochMs } from '../time.ts';

/** A marketing mail that counts against the caps. */
export type RecentSend = Readonly<{ sendId: string; at: EpochMs }>;

/** What stands between a customer and a mail; every writer raises `version`, and the commit of a send names the version it saw. */
export type Contact = Readonly<{
  version: number;
  /** Receipt of the last opt-out (one-click, complaint, withdrawal); only a later dated opt-in reverses it. */
  optedOutAt?: EpochMs;
  /** After a complaint only a new double opt-in reverses the opt-out. */
  complainedAt?: EpochMs;
  /** Hard bounce or complaint: the address is on the suppression list. */
  suppressedAt?: EpochMs;
  suppressedBy?: 'bounce' | 'complaint' | 'operator';
  /** The operator lifted a suppression then: older ones do not stand any more. */
  liftedAt?: EpochMs;
  erasedAt?: EpochMs;
  /** The statement the customer confirmed from the mailbox, and when; react folds it into the consent. */
  confirmed?: Readonly<{ statement: string; at: EpochMs }>;
  /** Topics the customer left out. */
  topicsOff?: readonly string[];
  /** Asked for less: at most one marketing mail a month, since then. */
  monthlySince?: EpochMs;
  /** When the customer last chose. */
  chosenAt?: EpochMs;
  /** Last click by a person in a mail of ours. */
  lastClickAt?: EpochMs;
  /** Marketing sends of the last seven days that were accepted, are being tried or are unknown. */
  sends: readonly RecentSend[];
}>;

export const noContact: Contact = { version: 0, sends: [] };
