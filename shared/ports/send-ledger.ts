import type { Contact } from '../domain/customers/contact.ts';
import type { CustomerId } from '../domain/customers/customer.ts';
import type { Send } from '../domain/sends/send.ts';
import type { EpochMs } from '../domain/time.ts';

/** Somebody's CONTACT at the version that was read; 0 = there was none. */
export type SeenContact = Readonly<{ customerId: CustomerId; version: number }>;

export type LedgerOutcome = Readonly<{ type: 'saved' } | { type: 'stale' } | { type: 'refused' }>;

export type UpdateOptions = Readonly<{
  giveBackSlot?: boolean;
  /** What this write tells for the first time; it moves the store's mail health in the same transaction. */
  badNews?: Readonly<{ type: 'bounced' | 'complained'; at: EpochMs }>;
}>;

/** The send ledger; every write is conditional on the version the caller saw (`send.version - 1`). */
export interface SendLedger {
  /** Puts a pending (or already closed) send if absent. A closed one moves its counter in the same transaction. */
  create(send: Send): Promise<LedgerOutcome>;
  load(store: string, customerId: string, sendId: string): Promise<Send | undefined>;
  /**
   * Commits `pending -> sending` together with CONTACT at the version the guardrails saw, in one transaction.
   * `refused` when CONTACT has moved (opt-out, suppression, another send), `stale` when the send has.
   *
   * @param others CONTACTs of the customer's aliases as the guardrails saw them: whoever opts out by an older mail does so there.
   */
  reserve(send: Send, contact: Contact, others?: readonly SeenContact[]): Promise<LedgerOutcome>;
  /** Any other step; a terminal state moves its counter in the same transaction. `giveBackSlot` also takes the send out of CONTACT's recent ones. */
  update(send: Send, options?: UpdateOptions): Promise<LedgerOutcome>;
}
