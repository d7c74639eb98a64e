import { days, type EpochMs } from '../../time.ts';
import type { CustomerSeries } from '../customer-series.ts';

/** Gaps of one whole day's length: index k of a table holds lengths above k - 1 and up to k days. */
export type GapDay = Readonly<{ day: number; returned: number; open: number }>;

/**
 * The silences begun by customers of one band: how many ended with an order, and how many had not when last seen.
 * Only days that hold any, ascending. A silence longer than the horizon is open at the horizon, whatever came later.
 */
export type GapTable = Readonly<{ days: readonly GapDay[]; returned: number }>;

/** The band of a customer with so many occasions: 0 for one, 1 for two and three, 2 for more. */
export const bandOf = (occasions: number): 0 | 1 | 2 => (occasions <= 1 ? 0 : occasions <= 3 ? 1 : 2);

type Counts = Readonly<{ returned: Float64Array; open: Float64Array }>;

const count = (counts: Counts, lengthMs: number, ended: boolean): void => {
  const last = counts.open.length - 1;
  const day = Math.max(1, Math.ceil(lengthMs / days(1)));
  if (day > last) counts.open[last] = (counts.open[last] ?? 0) + 1;
  else if (ended) counts.returned[day] = (counts.returned[day] ?? 0) + 1;
  else counts.open[day] = (counts.open[day] ?? 0) + 1;
};

const tableOf = ({ returned, open }: Counts): GapTable => {
  const present: GapDay[] = [];
  for (const [day, ended] of returned.entries()) {
    const still = open[day] ?? 0;
    if (ended + still > 0) present.push({ day, returned: ended, open: still });
  }
  return { days: present, returned: present.reduce((sum, each) => sum + each.returned, 0) };
};

/**
 * The gaps of all customers by band, as known at `asOf`: the gap after the n-th occasion belongs to the band of n, the
 * silence after the last one is open. Occasions after `asOf` are not looked at. One pass over the occasions.
 */
export const gapTables = (
  series: readonly CustomerSeries[],
  asOf: EpochMs,
  horizonDays: number,
): readonly [GapTable, GapTable, GapTable] => {
  const blank = (): Counts => {
    const size = Math.floor(horizonDays) + 2;
    return { returned: new Float64Array(size), open: new Float64Array(size) };
  };
  const bands = [blank(), blank(), blank()] as const;
  for (const occasions of series) {
    for (const [index, { at }] of occasions.entries()) {
      if (at > asOf) break;
      const nextAt = occasions[index + 1]?.at ?? Number.POSITIVE_INFINITY;
      count(bands[bandOf(index + 1)], Math.min(nextAt, asOf) - at, nextAt <= asOf);
    }
  }
  return [tableOf(bands[0]), tableOf(bands[1]), tableOf(bands[2])];
};
