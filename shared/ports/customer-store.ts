import type { Enrolment } from '../domain/campaigns/enrolment.ts';
import type { ConsentStatement } from '../domain/consent/statement.ts';
import type { Contact } from '../domain/customers/contact.ts';
import type { Customer, CustomerId } from '../domain/customers/customer.ts';
import type { Visit } from '../domain/customers/visit.ts';
import type { Lifting } from '../domain/guardrails/lift-suppression.ts';
import type { OrderRow } from '../domain/orders/order-row.ts';
import type { LoggedChoice } from '../domain/restore/log-entry.ts';
import type { Send } from '../domain/sends/send.ts';
import type { StoreId } from '../domain/store.ts';
import type { EpochMs } from '../domain/time.ts';

/** The parts of a customer's partition that one read returns; what was not asked for is empty. */
export type CustomerFile = Readonly<{
  customer?: Customer;
  contact: Contact;
  orderRows: readonly OrderRow[];
  enrolments: readonly Enrolment[];
  sends: readonly Send[];
  visits: readonly Visit[];
  consents: readonly ConsentStatement[];
  liftings: readonly Lifting[];
}>;

/**
 * How much of the partition to read: `decision` = contact, customer, enrolments, liftings, order rows (strong);
 * `orders` = the same, eventually consistent; `whole` = everything (strong).
 */
export type FileExtent = 'decision' | 'orders' | 'whole';

export type SaveOutcome = Readonly<{ type: 'saved' } | { type: 'stale' }>;

export interface CustomerStore {
  load(store: StoreId, customerId: CustomerId, extent: FileExtent): Promise<CustomerFile>;
  /** Customers alone, many at a time, eventually consistent; in no order, and who is not there is left out. */
  loadMany(store: StoreId, customerIds: readonly CustomerId[]): Promise<readonly Customer[]>;
  /** Writes version `customer.version` where the row stands at `customer.version - 1` (0 = absent). */
  save(customer: Customer): Promise<SaveOutcome>;
  /** Newer versions only; an older or equal one changes nothing. */
  putOrderRow(store: StoreId, customerId: CustomerId, row: OrderRow): Promise<void>;
  /** Appends a statement if absent; with `dueAt` it stands in the due index until `settleConsent`. */
  putConsent(store: StoreId, customerId: CustomerId, statement: ConsentStatement): Promise<void>;
  settleConsent(store: StoreId, customerId: CustomerId, statement: ConsentStatement): Promise<void>;
  /** The visit is put if absent and the counters move with it, in one transaction; a second call changes nothing. */
  recordVisit(store: StoreId, customerId: CustomerId, visit: Visit): Promise<void>;
  /** Takes the visit out of the due index: its enrolment decision is written. */
  settleVisit(store: StoreId, customerId: CustomerId, visit: number): Promise<void>;
  /** Puts the enrolment if absent. */
  putEnrolment(store: StoreId, customerId: CustomerId, enrolment: Enrolment): Promise<SaveOutcome>;
  /** Marks the conversion or the end; only while it is not marked yet. */
  endEnrolment(store: StoreId, customerId: CustomerId, enrolment: Enrolment): Promise<void>;
  /** Records an opt-out, a suppression, its lifting or an erasure on CONTACT and raises its version; dates never move back. */
  restrictContact(
    store: StoreId,
    customerId: CustomerId,
    restriction: Partial<
      Pick<Contact, 'optedOutAt' | 'complainedAt' | 'suppressedAt' | 'suppressedBy' | 'liftedAt' | 'erasedAt'>
    >,
  ): Promise<void>;
  /** Appends the operator's word if absent. */
  putLifting(store: StoreId, customerId: CustomerId, lifting: Lifting): Promise<void>;
  /** Takes the operator's words out of it; that, when and what was lifted stays. */
  redactLifting(store: StoreId, customerId: CustomerId, lifting: Lifting): Promise<void>;
  /** Records a confirmation from the mailbox and raises the version of CONTACT; a later one replaces an earlier one, never the other way. */
  confirmConsent(store: StoreId, customerId: CustomerId, confirmed: NonNullable<Contact['confirmed']>): Promise<void>;
  /** Replaces what the customer chose in the preference centre and raises the version of CONTACT. */
  putPreferences(
    store: StoreId,
    customerId: CustomerId,
    preferences: Pick<Contact, 'topicsOff' | 'monthlySince' | 'chosenAt'>,
  ): Promise<void>;
  /** Leaves out what a logged choice left out as well, unless the customer chose later; takes nothing back. */
  narrowPreferences(store: StoreId, customerId: CustomerId, logged: LoggedChoice): Promise<void>;
  /** Remembers the latest click by a person; `true` when it was later than any known. */
  noteClick(store: StoreId, customerId: CustomerId, at: EpochMs): Promise<boolean>;
  /** Customers of the store in key order, or of one stage, through the roll index (eventually consistent). */
  list(
    store: StoreId,
    page: Readonly<{ stage?: string; cursor?: string; limit: number }>,
  ): Promise<Readonly<{ items: readonly Readonly<{ customerId: CustomerId; stage: string }>[]; cursor?: string }>>;
}
