import { days, type EpochMs, utcDay } from '../time.ts';

/** What is known before a fit is made, cheaply. */
export type FitQuestion = Readonly<{
  /** The newest fit there is. */
  newest?: Readonly<{ madeAt: EpochMs; customers: number }> | undefined;
  now: EpochMs;
  timeZone: string;
  /** Customers who came since the day after the newest fit was made; where there is none, since the store began. */
  arrived: number;
}>;

/** By so much the customers must have grown before a night that is not the 1st makes a fit: thresholds follow data. */
const growth = 0.25;
/** So few are no history yet: a threshold made of them would say more about chance than about the shop. */
const fewest = 100;

/** From when on arrivals count as new to a fit: the day after it was made, since arrivals are counted by UTC day. */
export const newSince = (madeAt: EpochMs): EpochMs => (Math.floor(madeAt / days(1)) + 1) * days(1);

const dayIn = (at: EpochMs, timeZone: string): Readonly<{ month: string; day: number }> => {
  const parts = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: 'numeric', day: 'numeric' });
  const [month = '', day = '', year = ''] = parts.format(at).split('/');
  return { month: `${year}-${month}`, day: Number(day) };
};

/**
 * Day of the month in a zone, as nights count it: 1 in the first 24 hours of a month and never again in it. Nights are 24 hours
 * apart and local days are not: where the clocks go back a night may fall into the 1st twice, and where they go forward,
 * or a zone leaves out a date, into no 1st at all.
 */
export const nightOfMonth = (at: EpochMs, timeZone: string): number => {
  const today = dayIn(at, timeZone);
  return dayIn(at - days(1), timeZone).month === today.month ? Math.max(2, today.day) : 1;
};

/**
 * Whether tonight makes a fit: on the first night of a month in the store's zone, and when a quarter more customers came than the newest was made
 * from; never of fewer than a hundred. One fit a night: a second run finds the first one's.
 *
 * @see docs/adr/0077-fits-and-rebase.md
 */
export const fitIsDue = ({ newest, now, timeZone, arrived }: FitQuestion): boolean => {
  if (newest !== undefined && utcDay(newest.madeAt) === utcDay(now)) return false;
  const known = newest?.customers ?? 0;
  if (known + arrived < fewest) return false;
  return nightOfMonth(now, timeZone) === 1 || arrived >= growth * known;
};
