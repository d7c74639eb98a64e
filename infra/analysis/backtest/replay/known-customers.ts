import { standsOutside } from '../../../../shared/domain/customers/excluded.ts';
import type { Profile } from '../../../../shared/domain/customers/profile.ts';
import { foldOrders, noOrders } from '../../../../shared/domain/facts/fold-orders.ts';
import { type Subject, subjectOf } from '../../../../shared/domain/facts/subject.ts';
import { type CustomerSeries, seriesOf } from '../../../../shared/domain/fit/customer-series.ts';
import { priorFit } from '../../../../shared/domain/fit/fit.ts';
import type { Lifecycle } from '../../../../shared/domain/lifecycle/lifecycle.ts';
import type { OrderRow } from '../../../../shared/domain/orders/order-row.ts';
import { countingPolicy, type StoreSettings } from '../../../../shared/domain/store.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { profileOf, type RowState, rowsOf } from '../people/arrivals-of.ts';
import type { Person } from '../people/person.ts';

/** Customers a fit is made from, at most, as by night. */
const wantedCustomers = 20_000;

type Known = {
  readonly person: Person;
  readonly firstAt: EpochMs;
  profile?: Profile;
  rows?: readonly RowState[];
  /** How many of them are known so far. */
  seen: number;
  series: CustomerSeries;
};

/** One customer as a fit sees them on a night. */
export type KnownCustomer = Readonly<{ series: CustomerSeries; subject: () => Omit<Subject, 'fit'> }>;

/**
 * What was known of customers on any night, asked in order of time: what is said of one night holds until the next. Their ids
 * are hashes, so the first so many by id are a fair sample, the same each night.
 */
export const knownCustomers = (people: readonly Person[], store: StoreSettings, lifecycle: Lifecycle) => {
  const policy = countingPolicy(store);
  const all = people
    .filter((person) => isInside(person, store, lifecycle))
    .map((person): Known => ({ person, firstAt: person.orders[0]?.placedAt ?? 0, seen: 0, series: [] }))
    .sort((a, b) => (a.person.customerId < b.person.customerId ? -1 : 1));
  /** Behind the last one drawn. */
  let reached = 0;
  const arrivals = Float64Array.from(all, ({ firstAt }) => firstAt).sort();

  const seriesUntil = (known: Known, at: EpochMs): CustomerSeries => {
    known.rows ??= rowsOf(known.person, store);
    const before = known.seen;
    while ((known.rows[known.seen]?.at ?? Number.POSITIVE_INFINITY) <= at) known.seen += 1;
    if (known.seen !== before) known.series = seriesOf(seenRows(known), policy);
    return known.series;
  };
  const subjectAt = (known: Known, at: EpochMs): Omit<Subject, 'fit'> => {
    const history = foldOrders(seenRows(known), policy, at);
    known.profile ??= profileOf(known.person);
    return subjectOf({ history, profile: known.profile }, store, priorFit(store.rhythm));
  };

  return {
    /** How many came after one instant, up to another. */
    arrived: (after: EpochMs, until: EpochMs): number => countUntil(arrivals, until) - countUntil(arrivals, after),
    sample: (at: EpochMs): readonly KnownCustomer[] => {
      const drawn: KnownCustomer[] = [];
      let end = 0;
      for (; end < all.length && drawn.length < wantedCustomers; end++) {
        const known = all[end];
        if (known === undefined || known.firstAt > at) continue;
        drawn.push({ series: seriesUntil(known, at), subject: () => subjectAt(known, at) });
      }
      for (const known of all.slice(end, reached)) forget(known);
      reached = end;
      return drawn;
    },
    /** The rows of those who are in the sample still. */
    rows: (): ReadonlyMap<Person, readonly RowState[]> =>
      new Map(all.flatMap(({ person, rows }) => (rows === undefined ? [] : [[person, rows]]))),
  };
};

const seenRows = ({ rows = [], seen }: Known): readonly OrderRow[] => rows.slice(0, seen).map(({ row }) => row);

/** Those who came since pushed this one out of the sample: a large file's rows would not fit into memory. */
const forget = (known: Known): void => {
  delete known.rows;
  delete known.profile;
  known.series = [];
  known.seen = 0;
};

const isInside = (person: Person, store: StoreSettings, lifecycle: Lifecycle): boolean => {
  if ((lifecycle.exclude ?? []).length === 0) return true;
  const subject = subjectOf({ history: noOrders, profile: profileOf(person) }, store, priorFit(store.rhythm));
  return !standsOutside(subject, store, lifecycle);
};

/** How many of the ascending instants are no later than one. */
const countUntil = (ascending: Float64Array, at: EpochMs): number => {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
};
