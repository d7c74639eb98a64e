import type { OrderHistory } from '../facts/order-history.ts';
import type { Cause } from '../lifecycle/cause.ts';
import type { StoreId } from '../store.ts';
import type { EpochMs } from '../time.ts';
import type { Profile } from './profile.ts';
import type { Signals } from './signals.ts';

export type CustomerId = string;
export type StageId = string;

/** Versions a stage was decided under; a decision is never taken under older ones. */
export type DecidedUnder = Readonly<{ lifecycle: number; fit: number }>;

/** The consent react has folded from dated statements; the latest dated one wins. */
export type ConsentState = Readonly<{
  state: 'granted' | 'pending' | 'withdrawn';
  at: EpochMs;
  basis: 'express' | 'soft' | 'implied';
  /** The latest date anything of it was claimed for, where that was ahead of time; absent = `at`. */
  claimedAt?: EpochMs;
  /** Confirmed from the mailbox itself (double opt-in). */
  confirmed?: boolean;
  /** Hash of the statement that decides. */
  statement: string;
}>;

/** One customer of one store. React is the only writer. */
export type Customer = Readonly<{
  store: StoreId;
  customerId: CustomerId;
  /** Counts writes; 0 = never written. */
  version: number;
  firstSeenAt: EpochMs;
  /** The first customer id: decides experiment arms, survives merges. */
  experimentKey: CustomerId;
  generation: number;
  /** `kind:id` of every identity that led here; e-mail as `email:<keyed hash>`. */
  identities: readonly string[];
  profile: Profile;
  /** Event time of the newest payload the profile came from. */
  profileAt: EpochMs;
  consent?: ConsentState;
  /** What events told beside orders. */
  signals?: Signals;
  history: OrderHistory;
  stage: StageId;
  visit: number;
  /** The stage before, of this visit's transition. */
  from?: StageId;
  /** When the present visit began, by event or flip time. */
  since: EpochMs;
  decidedAt: EpochMs;
  cause: Cause;
  /** Key of the order that caused the present visit, when one did. */
  causeOrder?: string;
  wakeAt?: EpochMs;
  decidedUnder: DecidedUnder;
  aliases?: readonly CustomerId[];
  mergedInto?: CustomerId;
  erasedAt?: EpochMs;
  /** An earlier generation was erased then: what is older is about them, and stays out. */
  forgottenUntil?: EpochMs;
  /** What relay was not told is told again up to this reconciliation. */
  retoldAt?: EpochMs;
}>;
