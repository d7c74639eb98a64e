import { days, type EpochMs } from '../../time.ts';
import type { CustomerSeries } from '../customer-series.ts';
import { fitBase, partWay, type Spread } from './fit-base.ts';
import { type GapTable, gapTables } from './gap-table.ts';
import { baseHazard, binDays, type SilenceCurve, silenceDays } from './silence-curve.ts';

/** Expected returns a bin's factor is worth before it has seen any. */
const weight = 30;
/** Returns at which a band's own base counts half. */
const halfTrusted = 5;
/** Shops differ; the rhythm a shop names is right to a factor of about two, what share returns is anybody's guess. */
const storeSpread: Spread = [0.7, 0.35, 1.5];
const usualReturnShare = 0.4;
/** Bands of one shop are more alike than shops. */
const bandSpread: Spread = [0.6, 0.3, 1];

/** The factor of each bin: (returns + weight x the factor before) / (expected + weight), the first leaning on 1. */
const factors = (table: GapTable, base: SilenceCurve, trust: number): readonly number[] => {
  const starts = binDays(base.horizonDays);
  const { returned, expected } = passedThrough(table, base, starts);
  let before = 1;
  return starts.map((_, j) => {
    const [seen, due] = [returned[j] ?? 0, expected[j] ?? 0];
    before = (trust * seen + (1 - trust) * due + weight * before) / (due + weight);
    return before;
  });
};

type Passed = Readonly<{ returned: readonly number[]; expected: readonly number[] }>;

/** Per bin: who returned in it, and how many should have, were the base true: the hazard all customers passed through. */
const passedThrough = (table: GapTable, base: SilenceCurve, starts: readonly number[]): Passed => {
  const hazards = starts.map((start) => baseHazard(base, start));
  const returned = starts.map(() => 0);
  const expected = starts.map(() => 0);
  const ended = starts.map(() => 0);
  for (const gap of table.days) {
    const middle = Math.min(gap.day - 0.5, base.horizonDays);
    const j = starts.findLastIndex((start) => start < middle);
    const all = gap.returned + gap.open;
    returned[j] = (returned[j] ?? 0) + gap.returned;
    expected[j] = (expected[j] ?? 0) + all * (baseHazard(base, middle) - (hazards[j] ?? 0));
    ended[j] = (ended[j] ?? 0) + all;
  }
  let beyond = 0;
  for (let j = starts.length - 2; j >= 0; j -= 1) {
    beyond += ended[j + 1] ?? 0;
    expected[j] = (expected[j] ?? 0) + beyond * ((hazards[j + 1] ?? 0) - (hazards[j] ?? 0));
  }
  return { returned, expected };
};

/** Whether whole days tell 75 %, 90 % and 98 % apart. */
const toldApart = (curve: SilenceCurve): boolean => {
  const [soon, later, late] = [silenceDays(curve, 0.75), silenceDays(curve, 0.9), silenceDays(curve, 0.98)];
  return soon < later && later < late;
};

/**
 * Customers so alike that whole days cannot tell 75 % from 98 % get the log-normal about the same median that is just wide
 * enough to. It gives up where even a wide one cannot: a horizon of a few days.
 */
const widened = (curve: SilenceCurve): SilenceCurve => {
  if (toldApart(curve)) return curve;
  const { hazard: _, ...base } = curve;
  let { sigma } = base;
  while (sigma < 3 && !toldApart({ ...base, sigma })) sigma *= 1.1;
  return { ...base, sigma };
};

type Band = Readonly<{ table: GapTable; centre: SilenceCurve; spread: Spread; leansOn: SilenceCurve; trust: number }>;
type Fitted = Readonly<{ base: SilenceCurve; curve: SilenceCurve }>;

const fitBand = ({ table, centre, spread, leansOn, trust }: Band): Fitted => {
  if (table.returned === 0) return { base: leansOn, curve: leansOn };
  const own = (trust * table.returned) / (table.returned + halfTrusted);
  const base = partWay(leansOn, fitBase(table, centre, spread), own);
  return { base, curve: widened({ ...base, hazard: factors(table, base, own) }) };
};

/** How far the history reaches, as a share of the horizon, 0..1. */
const reach = (series: readonly CustomerSeries[], asOf: EpochMs, horizonDays: number): number => {
  const firstAt = series.reduce((least, [first]) => Math.min(least, first?.at ?? asOf), asOf);
  return Math.min(1, (asOf - firstAt) / days(horizonDays));
};

/**
 * The store's silence curves for customers with 1, 2-3 and 4 or more occasions.
 *
 * 1. Each band gets a base: the log-normal with a share who never return that explains its gaps best (`fitBase`), looked
 *    for about the prior, later bands about the base of the band before.
 * 2. It counts by returned / (returned + 5) against what the band leans on: the prior, then the base of the band before.
 *    Where the history is shorter than the horizon, the later bands' own evidence counts by the square root of the share
 *    only: who came often in three months is a fast customer, and the band will fill with slower ones.
 * 3. The hazard of the base is scaled per bin by what was seen, worth 30 expected returns of the bin before, so the
 *    caption is true of this store whatever the shape; bins nobody has reached keep the level last seen.
 *
 * A band in which nobody ever returned is the band before, the first one the prior: silence says nothing about when
 * people return. One pass over the occasions; thresholds are finite, ordered and at most the horizon.
 *
 * @param prior A curve without `hazard`: the rhythm the shop named.
 * @see docs/adr/0070-silence-curve.md
 */
export const fitSilence = ({
  series,
  asOf,
  prior,
}: Readonly<{ series: readonly CustomerSeries[]; asOf: EpochMs; prior: SilenceCurve }>): readonly [
  SilenceCurve,
  SilenceCurve,
  SilenceCurve,
] => {
  const [one, few, many] = gapTables(series, asOf, prior.horizonDays);
  const trust = Math.sqrt(reach(series, asOf, prior.horizonDays));
  const usual = { ...prior, returnShare: usualReturnShare };
  const first = fitBand({ table: one, centre: usual, spread: storeSpread, leansOn: prior, trust: 1 });
  const second = fitBand({ table: few, centre: first.base, spread: bandSpread, leansOn: first.base, trust });
  const third = fitBand({ table: many, centre: second.base, spread: bandSpread, leansOn: second.base, trust });
  return [first.curve, second.curve, third.curve];
};
