import type { Contact } from '../customers/contact.ts';
import type { CustomerId } from '../customers/customer.ts';
import type { Suppression } from '../customers/suppression.ts';
import type { StoreId } from '../store.ts';
import type { EpochMs } from '../time.ts';

/** Names of an account as the log holds them: addresses by keyed hash, a platform's ids sealed (`sealed-name.ts`). */
type LoggedNames = readonly string[];

/** An account that was erased: enough to erase it again, or to keep its names erased where nobody knows it. */
export type LoggedErasure = Readonly<{
  type: 'erasure';
  store: StoreId;
  customerId: CustomerId;
  erasedAt: EpochMs;
  generation: number;
  firstSeenAt: EpochMs;
  /** Whose alias it was. */
  mergedInto?: CustomerId;
  names: LoggedNames;
}>;

/** Why an address must not be mailed: the latest of each kind, since a later one stands where an earlier one was lifted. */
export type LoggedReasons = Readonly<{
  reason?: Readonly<{ by: Exclude<Suppression['by'], 'erasure'>; at: EpochMs }>;
  erasedAt?: EpochMs;
}>;

/** An address that must not be mailed, by keyed hash. */
export type LoggedSuppression = LoggedReasons & Readonly<{ type: 'suppression'; store: StoreId; addressHash: string }>;

/** What the log keeps of a row of the suppression list. That it was lifted is not kept: a restore keeps a no when in doubt. */
export const reasonsIn = ({ by, at }: Suppression): LoggedReasons =>
  by === 'erasure' ? { erasedAt: at } : { reason: { by, at } };

/** What somebody left out in the preference centre, as of `at`. */
export type LoggedChoice = Readonly<{ topicsOff: readonly string[]; monthlySince?: EpochMs; at: EpochMs }>;

/** What somebody no longer wants, or must not get. */
export type Withdrawn = Readonly<
  Pick<Contact, 'optedOutAt' | 'complainedAt' | 'suppressedAt' | 'suppressedBy'> & { choice?: LoggedChoice }
>;

export type LoggedWithdrawal = Withdrawn &
  Readonly<{ type: 'withdrawal'; store: StoreId; customerId: CustomerId; names: LoggedNames }>;

/** A fact that no restore may undo. */
export type LogEntry = LoggedErasure | LoggedSuppression | LoggedWithdrawal;

/** What a CONTACT says that a restore may not undo. */
export const withdrawnIn = (contact: Contact): Withdrawn => ({
  ...(contact.optedOutAt === undefined ? {} : { optedOutAt: contact.optedOutAt }),
  ...(contact.complainedAt === undefined ? {} : { complainedAt: contact.complainedAt }),
  ...(contact.suppressedAt === undefined ? {} : { suppressedAt: contact.suppressedAt }),
  ...(contact.suppressedBy === undefined ? {} : { suppressedBy: contact.suppressedBy }),
  ...choiceIn(contact),
});

const choiceIn = ({ topicsOff = [], monthlySince, chosenAt }: Contact): Pick<Withdrawn, 'choice'> => {
  // A choice that was taken back is a choice: it replaces the one before.
  if (topicsOff.length === 0 && monthlySince === undefined && chosenAt === undefined) return {};
  return {
    choice: {
      topicsOff: [...topicsOff].sort(),
      at: chosenAt ?? 0,
      ...(monthlySince === undefined ? {} : { monthlySince }),
    },
  };
};

/** Whether there is anything to withdraw at all. */
export const isNothing = (withdrawn: Withdrawn): boolean => Object.keys(withdrawn).length === 0;
