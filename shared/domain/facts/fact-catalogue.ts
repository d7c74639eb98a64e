import { curveFor } from '../fit/fit.ts';
import { silenceOf } from '../fit/silence/silence-curve.ts';
import { type DurationMs, days, type EpochMs } from '../time.ts';
import type { Subject } from './subject.ts';

export type FactValue = number | string | boolean | readonly string[];

/**
 * A fact: its value at an instant, and what it does while nothing happens but time.
 *
 * - `constant`: `value` does not look at the instant.
 * - `age`: grows by the clock from an anchor; `unitMs` turns milliseconds into the fact's unit.
 * - `silence`: grows along the fit's curve, compared in whole days.
 * - `steps-down`: falls at known instants.
 */
export type Fact = Readonly<{ value: (subject: Subject, at: EpochMs) => FactValue | undefined }> &
  Readonly<
    | { moves: 'constant' }
    | { moves: 'age'; anchor: (subject: Subject) => EpochMs | undefined; unitMs: (subject: Subject) => DurationMs }
    | { moves: 'silence'; gap: (subject: Subject, at: EpochMs) => Gap | undefined }
    | { moves: 'ended-silence'; gap: (subject: Subject) => Gap | undefined }
    | { moves: 'steps-down'; steps: (subject: Subject) => readonly EpochMs[] }
  >;

/** A silence: how long, and among customers with how many occasions it is judged. */
export type Gap = Readonly<{ ms: DurationMs; orders: number }>;

const constant = (value: (subject: Subject) => FactValue | undefined): Fact => ({ moves: 'constant', value });

const age = (anchor: (s: Subject) => EpochMs | undefined, unitMs: (s: Subject) => DurationMs): Fact => ({
  moves: 'age',
  anchor,
  unitMs,
  value: (s, at) => {
    const from = anchor(s);
    return from === undefined ? undefined : Math.max(0, at - from) / unitMs(s);
  },
});

const presentGap = ({ history }: Subject, at: EpochMs): Gap | undefined =>
  history.lastAt === undefined ? undefined : { ms: Math.max(0, at - history.lastAt), orders: history.orders };

/** The silence the last order ended, judged among those who had one order fewer. */
const endedGap = ({ history: { lastAt, previousAt, orders } }: Subject): Gap | undefined =>
  lastAt === undefined || previousAt === undefined ? undefined : { ms: lastAt - previousAt, orders: orders - 1 };

const shareOf = ({ fit }: Subject, gap: Gap | undefined): number | undefined =>
  gap === undefined ? undefined : silenceOf(curveFor(fit, gap.orders), gap.ms);

const yearMs = days(365);
const lastYear = ({ history }: Subject): EpochMs[] =>
  history.lastAt === undefined ? [] : [...history.recent, history.lastAt];
const money = (minor: number, s: Subject): number => minor / s.minorPerMajor;

/** The customer's own purchase cycle, pulled towards the store's where the customer has few gaps. */
export const cycleMs = ({ history, fit }: Subject): DurationMs => {
  const gaps = Math.max(0, history.orders - 1);
  const span = gaps === 0 ? 0 : (history.lastAt ?? 0) - (history.firstAt ?? 0);
  return (span + fit.cycle.weight * days(fit.cycle.days)) / (gaps + fit.cycle.weight);
};

/** Every fact a condition may name, and how it moves. */
export const factCatalogue: Readonly<Record<string, Fact>> = {
  orders: constant((s) => s.history.orders),
  'orders.placed': constant((s) => s.history.placed),
  'orders.last12Months': {
    moves: 'steps-down',
    value: (s, at) => lastYear(s).filter((start) => start > at - yearMs).length,
    steps: (s) => lastYear(s).map((start) => start + yearMs),
  },
  revenue: constant((s) => money(s.history.revenueMinor, s)),
  averageOrder: constant((s) =>
    s.history.counted === 0 ? undefined : money(s.history.revenueMinor / s.history.counted, s),
  ),
  refundShare: constant((s) =>
    s.history.grossMinor === 0 ? undefined : s.history.refundedMinor / s.history.grossMinor,
  ),
  'firstOrder.at': constant((s) => s.history.firstAt),
  'lastOrder.at': constant((s) => s.history.lastAt),
  'tenure.days': age(
    (s) => s.history.firstAt,
    () => days(1),
  ),
  'silence.days': age(
    (s) => s.history.lastAt,
    () => days(1),
  ),
  'silence.cycles': age((s) => s.history.lastAt, cycleMs),
  silence: { moves: 'silence', gap: presentGap, value: (s, at) => shareOf(s, presentGap(s, at)) },
  'lastOrder.endedSilence': { moves: 'ended-silence', gap: endedGap, value: (s) => shareOf(s, endedGap(s)) },
  'profile.country': constant((s) => s.profile.country),
  'profile.locale': constant((s) => s.profile.locale),
  'profile.timeZone': constant((s) => s.profile.timeZone),
  'email.domain': constant((s) => s.profile.email?.split('@')[1]),
  tags: constant((s) => s.profile.tags),
};
