import { isDeepStrictEqual } from 'node:util';
import type { Enrolment } from '../campaigns/enrolment.ts';
import { type ConsentInput, consentNews, withDueDate } from '../consent/consent-news.ts';
import type { ConsentStatement } from '../consent/statement.ts';
import { foldOrders, latestVersions } from '../facts/fold-orders.ts';
import { subjectOf } from '../facts/subject.ts';
import type { Fit } from '../fit/fit.ts';
import { mergeProfile } from '../identity/merge-profile.ts';
import { decide, newOrderOf, standingOf } from '../lifecycle/decide.ts';
import type { Lifecycle } from '../lifecycle/lifecycle.ts';
import { converted } from '../measurement/conversion.ts';
import { counts } from '../orders/counting.ts';
import type { OrderRow } from '../orders/order-row.ts';
import { countingPolicy } from '../store.ts';
import type { EpochMs } from '../time.ts';
import type { Customer, CustomerId } from './customer.ts';
import { standsOutside } from './excluded.ts';
import { foldSignals, type Signals } from './signals.ts';

/** A customer's file as react reads it: the root's own rows and those of its aliases. */
export type LookInput = ConsentInput &
  Readonly<{
    lifecycle: Lifecycle;
    fit: Fit;
    /** What the customer was decided under, where that differs from what holds now. */
    previous?: Readonly<{ lifecycle: Lifecycle; fit: Fit }> | undefined;
    customerId: CustomerId;
    /** Set where the customer begins anew after an erasure. */
    anew?: Pick<Customer, 'generation' | 'forgottenUntil'> | undefined;
    orderRows: readonly OrderRow[];
    enrolments: readonly Enrolment[];
    aliases: readonly CustomerId[];
  }>;

/** What to write, in this order; `customer`, the write that decides, comes last and is absent when nothing about it changed. */
export type Look = Readonly<{
  rows: readonly OrderRow[];
  statements: readonly ConsentStatement[];
  optedOutAt?: EpochMs;
  /** Enrolments whose conversion these orders are. */
  conversions: readonly Enrolment[];
  customer?: Customer;
}>;

/**
 * Looks at a customer: folds what arrived into the file and decides stage, visit and wake. Pure; looking twice at the same
 * file writes nothing the second time.
 */
export const lookAtCustomer = (input: LookInput): Look => {
  const arrived = input.arrivals.flatMap(({ row }) => row ?? []);
  const rows = latestVersions(arrived.length === 0 ? input.orderRows : [...input.orderRows, ...arrived]);
  const person = personAfter(input);
  const news = consentNews(input, person.profile);
  const customer = customerAfter(input, rows, { ...person, ...optional('consent', news.consent) });
  const withdrawnAt = news.consent?.state === 'withdrawn' && news.statements.length > 0 ? news.consent.at : undefined;
  return {
    rows: arrived.length === 0 ? [] : rows.filter((row) => arrived.includes(row) && isNews(row, input.orderRows)),
    statements: news.statements.map((statement) => withDueDate(statement, news.consent, customer, input)),
    ...(withdrawnAt === undefined ? {} : { optedOutAt: withdrawnAt }),
    conversions: conversionsIn(input, rows),
    ...(input.customer !== undefined && isSame(input.customer, customer)
      ? {}
      : { customer: { ...customer, version: customer.version + 1 } }),
  };
};

const isNews = (row: OrderRow, known: readonly OrderRow[]): boolean =>
  !known.some(({ key, version }) => key === row.key && version >= row.version);

const conversionsIn = ({ enrolments, store }: LookInput, rows: readonly OrderRow[]): readonly Enrolment[] => {
  const policy = countingPolicy(store);
  return enrolments.flatMap((enrolment) => converted(enrolment, rows, policy) ?? []);
};

const customerAfter = (
  input: LookInput,
  rows: readonly OrderRow[],
  person: Person & Pick<Customer, 'consent'>,
): Customer => {
  const { store, lifecycle, fit, customer: before, now } = input;
  const policy = countingPolicy(store);
  const history = foldOrders(rows, policy, now);
  const known = { ...person, ...optional('signals', signalsAfter(input)) };
  const counted = rows.filter((row) => counts(row, policy));
  const subject = subjectOf({ history, ...known }, store, fit);
  const standing = decide({
    lifecycle,
    subject,
    previous: input.previous,
    personChanged: before !== undefined && !isSamePerson(before, known),
    before: before === undefined ? undefined : standingOf(before),
    newOrder: newOrderOf(counted, before?.history, now),
    lastEventAt: lastEventAt(input),
    excluded: standsOutside(subject, store, lifecycle),
    now,
  });
  return {
    ...(before === undefined ? firstSight(input) : withoutStanding(before)),
    ...known,
    ...standing,
    decidedUnder: { lifecycle: lifecycle.version, fit: fit.version },
    ...(input.aliases.length === 0 ? {} : { aliases: input.aliases }),
  };
};

/** Optional parts of the standing before must not outlive it. */
const withoutStanding = ({ wakeAt: _wakeAt, from: _from, causeOrder: _causeOrder, ...rest }: Customer) => rest;

const firstSight = ({ store, customerId, anew, now }: LookInput) => ({
  store: store.id,
  customerId,
  version: 0,
  firstSeenAt: now,
  experimentKey: customerId,
  generation: 0,
  ...anew,
});

type Person = Pick<Customer, 'profile' | 'profileAt' | 'identities'>;

const personAfter = ({ customer, arrivals }: LookInput): Person => {
  const known = { profile: customer?.profile ?? {}, profileAt: customer?.profileAt ?? 0 };
  const told = arrivals.reduce((dated, { snapshot, at }) => mergeProfile(dated, snapshot, at), known);
  return {
    ...told,
    identities: [...new Set([...(customer?.identities ?? []), ...arrivals.flatMap(({ identities }) => identities)])],
  };
};

type Told = Pick<Customer, 'profile' | 'signals' | 'consent'>;

const isSamePerson = (a: Told, b: Told): boolean =>
  isSamePart(a.profile, b.profile) && isSamePart(a.signals, b.signals) && isSamePart(a.consent, b.consent);

const isSamePart = (a: object | undefined, b: object | undefined): boolean => a === b || isDeepStrictEqual(a, b);

const optional = <K extends string, V>(field: K, value: V | undefined) =>
  (value === undefined ? {} : { [field]: value }) as Partial<Record<K, V>>;

/** Clicks reach the customer through CONTACT, which feedback writes; everything else comes as an event. */
const signalsAfter = ({ customer, contact, arrivals }: LookInput): Signals | undefined => {
  const clicked = contact.lastClickAt;
  const told = arrivals.map(({ signals }) => signals ?? {});
  if (clicked !== undefined) told.push({ 'engagement.lastClickAt': { value: clicked, at: clicked } });
  const signals = told.reduce(foldSignals, customer?.signals ?? {});
  return Object.keys(signals).length === 0 ? undefined : signals;
};

/** The latest event among what arrived, by its own time. */
const lastEventAt = ({ arrivals, contact }: LookInput): EpochMs | undefined => {
  const times = arrivals.flatMap(({ event, at }) => (event === undefined ? [] : [at]));
  if (contact.lastClickAt !== undefined) times.push(contact.lastClickAt);
  return times.length === 0 ? undefined : Math.max(...times);
};

/** Equal but for what time alone prunes. Nearly every look moves the wake or the visit, and need not compare the rest. */
const isSame = (a: Customer, b: Customer): boolean =>
  a.visit === b.visit && a.wakeAt === b.wakeAt && isDeepStrictEqual(essence(a), essence(b));

const essence = (customer: Customer) => ({
  ...customer,
  history: { ...customer.history, fresh: [] },
});
