import { adopts, needsRebase } from '../../../../shared/domain/definitions/adopts.ts';
import { type CustomerSeries, seriesOf } from '../../../../shared/domain/fit/customer-series.ts';
import { type Fit, priorFit } from '../../../../shared/domain/fit/fit.ts';
import { fitStore, type StoreFit } from '../../../../shared/domain/fit/fit-store.ts';
import type { Lifecycle } from '../../../../shared/domain/lifecycle/lifecycle.ts';
import { currencyExponent } from '../../../../shared/domain/orders/money.ts';
import type { OrderRow } from '../../../../shared/domain/orders/order-row.ts';
import { countingPolicy, type StoreSettings } from '../../../../shared/domain/store.ts';
import { type EpochMs, hours } from '../../../../shared/domain/time.ts';
import { rowsOf } from '../people/arrivals-of.ts';
import type { Person } from '../people/person.ts';
import type { AdoptedFit } from './replay-rules.ts';

/** When the store's fit is made at night, after midnight UTC. */
const nightlyMs = hours(2);

/** The fits a replay is decided under, and the newest one of all, made at its end. */
export type Fits = Readonly<{ adopted: readonly [AdoptedFit, ...AdoptedFit[]]; last: StoreFit }>;

export type FitSpan = Readonly<{
  store: StoreSettings;
  lifecycle: Pick<Lifecycle, 'adopt'>;
  from: EpochMs;
  asOf: EpochMs;
}>;

/** The nights on which a fit is taken over: each 1st of a month within the span. */
export const adoptionNights = ({ from, asOf }: Pick<FitSpan, 'from' | 'asOf'>): readonly EpochMs[] => {
  const nights: EpochMs[] = [];
  const first = new Date(from);
  for (let month = first.getUTCMonth() + 1; ; month++) {
    const at = Date.UTC(first.getUTCFullYear(), month, 1) + nightlyMs;
    if (at > asOf) return nights;
    nights.push(at);
  }
};

/** Makes the fits of a history one after another, each from what was known by then. */
export const monthlyFits = (people: readonly Person[], span: FitSpan): Fits => {
  const { store, lifecycle, from, asOf } = span;
  const history = knownHistory(people, store);
  const make = (version: number, at: EpochMs): StoreFit =>
    fitStore({
      ...{ series: history.until(at), asOf: at, prior: priorFit(store.rhythm), version },
      ...{ horizonDays: store.horizonDays, minorPerMajor: 10 ** currencyExponent(store.currency) },
    });
  const adopted: [AdoptedFit, ...AdoptedFit[]] = [{ at: from, fit: priorFit(store.rhythm), rebase: false }];
  for (const at of adoptionNights(span)) {
    if (!adopts({ ...lifecycle, dayOfMonth: new Date(at).getUTCDate(), asked: 0, moves: 0 })) continue;
    adopted.push(adoptedAt(at, make(adopted.length, at).fit, adopted.at(-1)?.fit));
  }
  return { adopted, last: make(adopted.length, asOf) };
};

const adoptedAt = (at: EpochMs, fit: Fit, before: Fit | undefined): AdoptedFit => ({
  at,
  fit,
  rebase: before !== undefined && needsRebase(before, fit),
});

type Known = {
  readonly rows: readonly Readonly<{ at: EpochMs; row: OrderRow }>[];
  seen: number;
  series: CustomerSeries;
};

/** What was known of everybody by an instant; asked in order of time. Who had no refunds is read once. */
const knownHistory = (people: readonly Person[], store: StoreSettings) => {
  const policy = countingPolicy(store);
  const once: CustomerSeries[] = [];
  const changing: Known[] = [];
  for (const person of people) {
    const rows = rowsOf(person, store);
    if (person.refunds.length > 0) changing.push({ rows, seen: 0, series: [] });
    else
      once.push(
        seriesOf(
          rows.map(({ row }) => row),
          policy,
        ),
      );
  }
  const known = (each: Known, at: EpochMs): CustomerSeries => {
    const seen = each.rows.findLastIndex((row) => row.at <= at) + 1;
    if (seen !== each.seen)
      each.series = seriesOf(
        each.rows.slice(0, seen).map(({ row }) => row),
        policy,
      );
    each.seen = seen;
    return each.series;
  };
  return {
    until: (at: EpochMs): readonly CustomerSeries[] =>
      [...once, ...changing.map((each) => known(each, at))].filter(({ length }) => length > 0),
  };
};
