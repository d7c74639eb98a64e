import type { CustomerSeries } from '../../../shared/domain/fit/customer-series.ts';
import { binFactors } from '../../../shared/domain/fit/silence/bin-factors.ts';
import { fitBase } from '../../../shared/domain/fit/silence/fit-base.ts';
import { fitSilence } from '../../../shared/domain/fit/silence/fit-silence.ts';
import { type GapTable, gapTables } from '../../../shared/domain/fit/silence/gap-table.ts';
import { type SilenceCurve, silenceDays } from '../../../shared/domain/fit/silence/silence-curve.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';

/** Per band, the days after which a silence is above a share; with curves where the candidate has any. */
export type Answer = Readonly<{
  days: (band: number, share: number) => number;
  curves?: readonly [SilenceCurve, SilenceCurve, SilenceCurve];
}>;
type Question = Readonly<{ series: readonly CustomerSeries[]; asOf: EpochMs; prior: SilenceCurve }>;
export type Candidate = (question: Question) => Answer;

const fromCurves = (curves: readonly [SilenceCurve, SilenceCurve, SilenceCurve]): Answer => ({
  curves,
  days: (band, share) => silenceDays(curves[band] ?? curves[0], share),
});

const perBand =
  (curveOf: (table: GapTable, prior: SilenceCurve) => SilenceCurve): Candidate =>
  ({ series, asOf, prior }) => {
    const [one, few, many] = gapTables(series, asOf, prior.horizonDays);
    return fromCurves([curveOf(one, prior), curveOf(few, prior), curveOf(many, prior)]);
  };

const perBandDays =
  (daysOf: (table: GapTable, share: number) => number): Candidate =>
  ({ series, asOf, prior }) => {
    const tables = gapTables(series, asOf, prior.horizonDays);
    return { days: (band, share) => daysOf(tables[band] ?? tables[0], share) };
  };

/** The first day by which a share of the total of `steps` has come. */
const dayOfShare = (steps: readonly (readonly [day: number, step: number])[], share: number): number => {
  const total = steps.reduce((sum, [, step]) => sum + step, 0);
  let reached = 0;
  for (const [day, step] of steps) {
    reached += step;
    if (reached >= share * total) return day;
  }
  return Number.NaN;
};

const completed = ({ days }: GapTable, share: number): number =>
  dayOfShare(
    days.map(({ day, returned }) => [day, returned]),
    share,
  );

/** Kaplan and Meier 1958, over the share who come back by the last day anybody was watched. */
const kaplanMeier = (table: GapTable, share: number): number => {
  let atRisk = table.days.reduce((sum, { returned, open }) => sum + returned + open, 0);
  let silent = 1;
  const steps = table.days.map(({ day, returned, open }) => {
    const step = (silent * returned) / atRisk;
    silent -= step;
    atRisk -= returned + open;
    return [day, step] as const;
  });
  return dayOfShare(steps, share);
};

const leading = (weight: number): Candidate =>
  perBand((table, prior) => ({ ...prior, hazard: binFactors(table, prior, 1, weight) }));

const inOnePool = (tables: readonly GapTable[]): GapTable => {
  const byDay = Map.groupBy(
    tables.flatMap((table) => table.days),
    ({ day }) => day,
  );
  const days = [...byDay].map(([day, all]) => ({
    day,
    returned: all.reduce((sum, each) => sum + each.returned, 0),
    open: all.reduce((sum, each) => sum + each.open, 0),
  }));
  days.sort((a, b) => a.day - b.day);
  return { days, returned: tables.reduce((sum, { returned }) => sum + returned, 0) };
};

/** The leading candidate without bands. */
const pooled: Candidate = ({ series, asOf, prior }) => {
  const table = inOnePool(gapTables(series, asOf, prior.horizonDays));
  const curve = { ...prior, hazard: binFactors(table, prior, 1, 30) };
  return fromCurves([curve, curve, curve]);
};

/** Nearly no prior: standard deviations wide enough for any shop. */
const curedLogNormal: Candidate = perBand((table, prior) =>
  table.returned === 0 ? prior : fitBase(table, prior, [3, 1, 3]),
);

/** Own base and factors in full for each band, whatever the age of the store. */
const unblended: Candidate = perBand((table, prior) => {
  if (table.returned === 0) return prior;
  const base = fitBase(table, { ...prior, returnShare: 0.4 }, [0.7, 0.35, 1.5]);
  return { ...base, hazard: binFactors(table, base, 1) };
});

export const candidates: Readonly<Record<string, Candidate>> = {
  'completed gaps': perBandDays(completed),
  'kaplan-meier': perBandDays(kaplanMeier),
  'cured log-normal': curedLogNormal,
  'prior x bins, w 10': leading(10),
  'prior x bins, w 30': leading(30),
  'prior x bins, w 100': leading(100),
  'prior x bins, one pool': pooled,
  'own base x bins': unblended,
  'leaning bases x bins': (question) => fromCurves(fitSilence(question)),
};
