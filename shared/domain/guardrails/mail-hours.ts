import { Temporal } from 'temporal-polyfill';
import { days, type EpochMs } from '../time.ts';

/** Local hours in which mail may go, `HH:MM`; half-open, within one day. */
export type MailHours = Readonly<{ from: string; to: string }>;
export type Interval = Readonly<{ from: EpochMs; to: EpochMs }>;

/** What only time started keeps to the day: 10:00-20:00. */
export const timedHours: MailHours = { from: '10:00', to: '20:00' };

/**
 * The hours outside the quiet ones, which mostly span midnight (`21:00-08:00`). Of those that do not, the hours behind them:
 * mail hours lie within one day.
 */
export const waking = (quietHours = '21:00-08:00'): MailHours => {
  const [from = '21:00', to = '08:00'] = quietHours.split('-');
  return { from: to, to: from > to ? from : '23:59' };
};

/** Hours that lie within both. */
export const within = (a: MailHours, b: MailHours): MailHours => ({
  from: a.from > b.from ? a.from : b.from,
  to: a.to < b.to ? a.to : b.to,
});

/**
 * The first interval, open now or still to come, that lies within the hours in every one of the zones: within the first hours
 * that all zones share.
 *
 * A local time a DST jump erases moves to the first one after it; one that comes twice is taken the first time
 * (Temporal's `compatible`). Where the zones never agree within four days the first zone alone decides.
 */
export const nextMailInterval = (
  hours: MailHours | readonly MailHours[],
  zones: readonly string[],
  now: EpochMs,
): Interval => {
  const wished = [hours].flat();
  for (const one of wished) {
    const shared = nextShared(one, zones, now);
    if (shared !== undefined) return shared;
  }
  const alone = wished[0] && nextShared(wished[0], zones.slice(0, 1), now);
  return alone ?? { from: now, to: now + days(1) };
};

const nextShared = (hours: MailHours, zones: readonly string[], now: EpochMs): Interval | undefined =>
  sharedIntervals(hours, zones, Math.floor(now / days(1))).find(({ to }) => to > now);

/** Whether mail may go now, and if not, from when. */
export const mailTime = (hours: MailHours | readonly MailHours[], zones: readonly string[], now: EpochMs): EpochMs =>
  Math.max(now, nextMailInterval(hours, zones, now).from);

/** Days since 1970; between the local and the UTC date of an instant lies one at most. */
type DayNumber = number;
const around: readonly DayNumber[] = [-2, -1, 0, 1, 2, 3, 4, 5];

/** Calendars are slow to ask and always answer the same. */
const known = new Map<string, readonly Interval[]>();
const mostKnown = 20_000;

const once = (key: string, make: () => readonly Interval[]): readonly Interval[] => {
  const there = known.get(key);
  if (there !== undefined) return there;
  if (known.size >= mostKnown) known.clear();
  const made = make();
  known.set(key, made);
  return made;
};

/** The intervals about a UTC day that suit every zone. */
const sharedIntervals = (hours: MailHours, zones: readonly string[], day: DayNumber): readonly Interval[] =>
  once(`${hours.from}-${hours.to} ${zones.join()} ${day}`, () =>
    zones.map((zone) => around.flatMap((offset) => localDay(hours, zone, day + offset))).reduce(intersect),
  );

const localDay = ({ from, to }: MailHours, zone: string, day: DayNumber): readonly Interval[] =>
  once(`${from}-${to} on ${day} in ${zone}`, () => {
    const utc = new Date(days(day));
    const date = new Temporal.PlainDate(utc.getUTCFullYear(), utc.getUTCMonth() + 1, utc.getUTCDate());
    return [{ from: instantOf(date, from, zone), to: instantOf(date, to, zone) }];
  });

const instantOf = (day: Temporal.PlainDate, time: string, timeZone: string): EpochMs =>
  day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;

const intersect = (a: readonly Interval[], b: readonly Interval[]): Interval[] =>
  a
    .flatMap((left) => b.map((right) => ({ from: Math.max(left.from, right.from), to: Math.min(left.to, right.to) })))
    .filter(({ from, to }) => from < to)
    .sort((x, y) => x.from - y.from);
