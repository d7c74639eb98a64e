import { adopts, movesBetween, needsRebase } from '../../../../shared/domain/definitions/adopts.ts';
import { priorFit } from '../../../../shared/domain/fit/fit.ts';
import { fitIsDue, newSince, nightOfMonth } from '../../../../shared/domain/fit/fit-is-due.ts';
import { fitStore, type StoreFit } from '../../../../shared/domain/fit/fit-store.ts';
import { isSameFit } from '../../../../shared/domain/fit/is-same-fit.ts';
import type { Lifecycle } from '../../../../shared/domain/lifecycle/lifecycle.ts';
import { currencyExponent } from '../../../../shared/domain/orders/money.ts';
import type { StoreSettings } from '../../../../shared/domain/store.ts';
import { days, type EpochMs, hours, minutes } from '../../../../shared/domain/time.ts';
import type { RowState } from '../people/arrivals-of.ts';
import type { Person } from '../people/person.ts';
import { type KnownCustomer, knownCustomers } from './known-customers.ts';
import type { AdoptedFit } from './replay-rules.ts';

/** When a store's fit is made at night: 03:17 UTC, as the deployed schedule has it. */
const nightMs = hours(3) + minutes(17);

/** The fits a replay is decided under, and the newest one of all, made at its end. */
export type Fits = Readonly<{
  adopted: readonly [AdoptedFit, ...AdoptedFit[]];
  last: StoreFit;
  /** Of the people the last fit was made from: what was worked out for it is worked out once. */
  rows: ReadonlyMap<Person, readonly RowState[]>;
}>;

export type FitSpan = Readonly<{ store: StoreSettings; lifecycle: Lifecycle; from: EpochMs; asOf: EpochMs }>;

/** Every night of the span. */
function* nightsOf({ from, asOf }: Pick<FitSpan, 'from' | 'asOf'>): Generator<EpochMs> {
  const midnight = Math.floor(from / days(1)) * days(1);
  for (let at = midnight + nightMs; at <= asOf; at += days(1)) if (at > from) yield at;
}

/** Makes the fits of a history night by night where one is due, each from what was known by then, and takes over which ones the system would. */
export const nightlyFits = (
  people: readonly Person[],
  span: FitSpan,
  watch: (nights: number, of: number) => void = () => undefined,
): Fits => {
  const { store, lifecycle, from, asOf } = span;
  const known = knownCustomers(people, store, lifecycle);
  const make = (sample: readonly KnownCustomer[], version: number, at: EpochMs): StoreFit =>
    fitStore({
      series: sample.flatMap(({ series }) => (series.length === 0 ? [] : [series])),
      ...{ asOf: at, prior: priorFit(store.rhythm), version, horizonDays: store.horizonDays },
      minorPerMajor: 10 ** currencyExponent(store.currency),
    });
  const first: AdoptedFit = { at: from, fit: priorFit(store.rhythm), rebase: false };
  const adopted: [AdoptedFit, ...AdoptedFit[]] = [first];
  let newest: Readonly<{ version: number; madeAt: EpochMs; customers: number }> | undefined;
  for (const at of nightsOf(span)) {
    watch(Math.round((at - from) / days(1)), Math.ceil((asOf - from) / days(1)));
    const arrived = known.arrived((newest === undefined ? from : newSince(newest.madeAt)) - 1, at);
    if (!fitIsDue({ newest, now: at, timeZone: store.timeZone, arrived })) continue;
    const before = (adopted.at(-1) ?? first).fit;
    const sample = known.sample(at);
    const { fit, customers } = make(sample, (newest?.version ?? 0) + 1, at);
    newest = { version: fit.version, madeAt: at, customers };
    if (isSameFit(before, fit)) continue;
    const day = nightOfMonth(at, store.timeZone);
    const moves = day === 1 ? 0 : movesAt(lifecycle, before, fit, sample, at);
    if (adopts({ adopt: lifecycle.adopt, dayOfMonth: day, asked: sample.length, moves }))
      adopted.push({ at, fit, rebase: needsRebase(before, fit) });
  }
  const last = make(known.sample(asOf), (newest?.version ?? 0) + 1, asOf);
  return { adopted, last, rows: known.rows() };
};

const movesAt = (
  lifecycle: Lifecycle,
  before: AdoptedFit['fit'],
  fit: AdoptedFit['fit'],
  sample: readonly KnownCustomer[],
  at: EpochMs,
): number => {
  const subjects = sample.map(({ subject }) => subject());
  return movesBetween({ lifecycle, fit: before }, { lifecycle, fit }, subjects, at).length;
};
