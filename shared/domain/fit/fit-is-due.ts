import { type EpochMs, utcDay } from '../time.ts';

/** What is known before a fit is made, cheaply. */
export type FitQuestion = Readonly<{
  /** The newest fit there is. */
  newest?: Readonly<{ madeAt: EpochMs; customers: number }> | undefined;
  now: EpochMs;
  timeZone: string;
  /** Customers who came since the newest fit was made; where there is none, since the store began. */
  arrived: number;
}>;

/** By so much the customers must have grown before a night that is not the 1st makes a fit: thresholds follow data. */
const growth = 0.25;
/** So few are no history yet. */
const fewest = 20;

/** Day of the month in a zone, from 1. */
export const dayOfMonth = (at: EpochMs, timeZone: string): number =>
  Number(new Intl.DateTimeFormat('en', { timeZone, day: 'numeric' }).format(at));

/**
 * Whether tonight makes a fit: on the 1st in the store's zone, and when a quarter more customers came than the newest was made
 * from. One fit a night: a second run finds the first one's.
 *
 * @see docs/adr/0077-fits-and-rebase.md
 */
export const fitIsDue = ({ newest, now, timeZone, arrived }: FitQuestion): boolean => {
  if (newest !== undefined && utcDay(newest.madeAt) === utcDay(now)) return false;
  return dayOfMonth(now, timeZone) === 1 || arrived >= Math.max(fewest, growth * (newest?.customers ?? 0));
};
