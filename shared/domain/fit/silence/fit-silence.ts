import { days, type EpochMs } from '../../time.ts';
import type { CustomerSeries } from '../customer-series.ts';
import { binFactors } from './bin-factors.ts';
import { fitBase, partWay, type Spread } from './fit-base.ts';
import { type GapTable, gapTables } from './gap-table.ts';
import { type SilenceCurve, silenceDays } from './silence-curve.ts';

/** Returns that halve what a band leans on. */
const halving = 5;
/** Shops differ; the rhythm a shop names is right to a factor of about two, what share returns is anybody's guess. */
const storeSpread: Spread = [0.7, 0.35, 1.5];
const usualReturnShare = 0.4;
/** Bands of one shop are more alike than shops. */
const bandSpread: Spread = [0.6, 0.3, 1];

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
  const medianDays = Math.max(1, base.medianDays);
  let { sigma } = base;
  while (sigma < 3 && !toldApart({ ...base, medianDays, sigma })) sigma *= 1.1;
  return { ...base, medianDays, sigma };
};

type Band = Readonly<{ table: GapTable; centre: SilenceCurve; spread: Spread; leansOn: SilenceCurve; trust: number }>;
type Fitted = Readonly<{ base: SilenceCurve; curve: SilenceCurve }>;

const fitBand = ({ table, centre, spread, leansOn, trust }: Band): Fitted => {
  if (table.returned === 0) return { base: leansOn, curve: widened(leansOn) };
  const own = trust * (1 - 2 ** (-table.returned / halving));
  const base = partWay(leansOn, fitBase(table, centre, spread), own);
  return { base, curve: widened({ ...base, hazard: binFactors(table, base, own) }) };
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
 * 2. It replaces, all but 2^(-returns / 5) of it, what the band leans on: the prior, then the base of the band before.
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
