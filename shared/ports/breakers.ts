import type { Breaker } from '../domain/pace/breaker.ts';
import type { HourCounts } from '../domain/pace/mail-health.ts';
import type { StoreId } from '../domain/store.ts';
import type { EpochMs } from '../domain/time.ts';
import type { SaveOutcome } from './customer-store.ts';

/** One store, or all of them together: SES judges the account. */
export type BreakerScope = StoreId | typeof wholeAccount;
/** No store can be called that. */
export const wholeAccount = '*';

/** The circuit breakers, and what they are judged by. */
export interface Breakers {
  /** Strongly consistent; a new one where none was ever written. */
  load(scope: BreakerScope): Promise<Breaker>;
  /** Writes `breaker.version` where the row stands at the version before. */
  save(scope: BreakerScope, breaker: Breaker): Promise<SaveOutcome>;
}

/** What became of a store's mails by the hour; moved by the ledger, with the write that says so. */
export interface MailHealth {
  read(store: StoreId, from: EpochMs, to: EpochMs): Promise<readonly HourCounts[]>;
}
