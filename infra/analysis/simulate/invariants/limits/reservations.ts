import { customerOfPk } from '../../../../../shared/adapters/dynamodb/keys.ts';
import type { Contact } from '../../../../../shared/domain/customers/contact.ts';
import type { Customer } from '../../../../../shared/domain/customers/customer.ts';
import type { Send } from '../../../../../shared/domain/sends/send.ts';
import type { StoreSettings } from '../../../../../shared/domain/store.ts';
import { type DurationMs, type EpochMs, minutes } from '../../../../../shared/domain/time.ts';
import type { Commit } from '../../engine/recorded-table.ts';
import type { Finished } from '../../run-scenario.ts';

/**
 * What a mail may be behind the table, at worst: a read two seconds old is remembered for a minute, the function that
 * remembers it runs for another, and its last call hangs for two.
 */
export const behindMs: DurationMs = minutes(5);

/** What was committed, oldest first, with its instant. */
export type History<T> = readonly Readonly<{ at: EpochMs; value: T }>[];

/** What held for long enough that whoever acts at an instant has to know. */
export const heldAt = <T>(history: History<T>, at: EpochMs): readonly T[] => {
  const before = history.findLastIndex((one) => one.at <= at - behindMs);
  return history.slice(Math.max(before, 0)).flatMap((one) => (one.at <= at ? [one.value] : []));
};

/** A marketing mail on its way out, with what had been committed about its customer and their aliases. */
export type Reservation = Readonly<{
  send: Send;
  at: EpochMs;
  seq: number;
  store: History<StoreSettings>;
  /** The root's first. */
  family: readonly Readonly<{ contacts: History<Contact>; customers: History<Customer> }>[];
}>;

const known = new WeakMap<Finished, readonly Reservation[]>();

/** Every marketing mail that was about to leave, with the commits up to it; gone through once for all invariants. */
export const reservationsIn = (run: Finished): readonly Reservation[] => {
  const found = known.get(run) ?? gatherReservations(run);
  known.set(run, found);
  return found;
};

const gatherReservations = ({ table }: Finished): readonly Reservation[] => {
  const contacts = new Map<string, { at: EpochMs; value: Contact }[]>();
  const customers = new Map<string, { at: EpochMs; value: Customer }[]>();
  const store: { at: EpochMs; value: StoreSettings }[] = [];
  const found: Reservation[] = [];
  for (const commit of table.commits) {
    const { at, seq, after } = commit;
    const id = customerOfPk(after.key.pk)?.customerId ?? '';
    if (after.entity === 'CONTACT') contacts.set(id, [...(contacts.get(id) ?? []), { at, value: after.value }]);
    else if (after.entity === 'CUSTOMER') customers.set(id, [...(customers.get(id) ?? []), { at, value: after.value }]);
    else if (after.entity === 'STORE') store.push({ at, value: after.value });
    const send = reservedIn(commit);
    if (send === undefined) continue;
    const ids = [id, ...(customers.get(id)?.at(-1)?.value.aliases ?? [])];
    const family = ids.map((one) => ({
      contacts: [...(contacts.get(one) ?? [])],
      customers: [...(customers.get(one) ?? [])],
    }));
    found.push({ send, at, seq, store: [...store], family });
  }
  return found;
};

const reservedIn = ({ before, after }: Commit): Send | undefined =>
  after.entity === 'SEND' &&
  after.value.class === 'marketing' &&
  after.value.state.status === 'sending' &&
  before?.entity === 'SEND' &&
  before.value.state.status === 'pending'
    ? after.value
    : undefined;
