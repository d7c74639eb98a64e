import type { Fit } from './fit.ts';
import { silenceDays } from './silence/silence-curve.ts';

/** Customers judged alike: by how many occasions they had. */
export const bands = ['one order', 'two or three', 'four or more'] as const;

/** From how many whole days of silence a share counts as passed, in each band. */
export type DaysOfShare = Readonly<{ share: number; days: readonly [number, number, number] }>;

/** The shares the default lifecycle asks for. */
export const usualShares: readonly number[] = [0.75, 0.9, 0.98];

/** The thresholds of a fit in days: what people read of it. */
export const daysOfShares = ({ curves: [once, twice, often] }: Fit, shares = usualShares): readonly DaysOfShare[] =>
  shares.map((share) => ({
    share,
    days: [silenceDays(once, share), silenceDays(twice, share), silenceDays(often, share)],
  }));
