import type { CustomerSeries } from '../../../shared/domain/fit/customer-series.ts';
import { type DaysOfShare, daysOfShares } from '../../../shared/domain/fit/days-of-share.ts';
import type { Fit } from '../../../shared/domain/fit/fit.ts';
import { fitSilence } from '../../../shared/domain/fit/silence/fit-silence.ts';
import { days, type EpochMs } from '../../../shared/domain/time.ts';

/** From how many days of silence each share counts as passed, as the store would have learnt it from so much history. */
export type Thresholds = Readonly<{ historyDays: number; shares: readonly DaysOfShare[] }>;

const moments = [90, 180, 365] as const;

const knownBy = (series: readonly CustomerSeries[], at: EpochMs): readonly CustomerSeries[] =>
  series.map((each) => each.filter((occasion) => occasion.at <= at)).filter(({ length }) => length > 0);

/**
 * The thresholds at 90, 180 and 365 days after the first order, as far as the calibration reaches, and at its end.
 *
 * Refunds known at the end are taken as known from the start.
 */
export const thresholdsOverTime = (
  series: readonly CustomerSeries[],
  asOf: EpochMs,
  prior: Fit,
): readonly Thresholds[] => {
  const from = series.reduce((least, [first]) => Math.min(least, first?.at ?? least), asOf);
  const whole = Math.floor((asOf - from) / days(1));
  return [...moments.filter((moment) => moment < whole), whole].map((historyDays) => {
    const at = historyDays === whole ? asOf : from + days(historyDays);
    const curves = fitSilence({ series: knownBy(series, at), asOf: at, prior: prior.curves[0] });
    return { historyDays, shares: daysOfShares({ ...prior, curves }) };
  });
};
