import { Temporal } from 'temporal-polyfill';
import { RefusedHere } from '../refusal.ts';

interface Cron {
  minutes: readonly number[];
  hours: readonly number[];
  matchesDay: (day: Temporal.PlainDate) => boolean;
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const longestSearchDays = 366 * 9;

/** AWS cron: minutes hours day-of-month month day-of-week year. Answers with the first instant after `at`, if there is one. */
export const nextCron = (expression: string, timeZone: string): ((at: number) => number | undefined) => {
  const cron = parseCron(expression);
  return (at) => {
    const from = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
    for (let n = 0; n < longestSearchDays; n += 1) {
      const day = from.add({ days: n });
      const found = cron.matchesDay(day) ? firstOnDay(cron, day, timeZone, at) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  };
};

/** A local time that daylight saving skips does not happen. */
const firstOnDay = (
  { hours, minutes }: Cron,
  day: Temporal.PlainDate,
  timeZone: string,
  at: number,
): number | undefined => {
  for (const hour of hours) {
    for (const minute of minutes) {
      const zoned = day.toZonedDateTime({ timeZone, plainTime: { hour, minute } });
      if (zoned.hour === hour && zoned.minute === minute && zoned.epochMilliseconds > at)
        return zoned.epochMilliseconds;
    }
  }
  return undefined;
};

const parseCron = (expression: string): Cron => {
  const fields = expression.trim().split(/\s+/);
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = fields;
  if (
    minute === undefined ||
    hour === undefined ||
    dayOfMonth === undefined ||
    month === undefined ||
    dayOfWeek === undefined ||
    year === undefined ||
    fields.length !== 6
  ) {
    throw refused(expression);
  }
  const inMonth = set(dayOfMonth, 1, 31, [], expression);
  const ofYear = set(month, 1, 12, months, expression);
  const inWeek = set(dayOfWeek, 1, 7, weekdays, expression);
  const years = set(year, 1970, 2199, [], expression);
  return {
    minutes: [...set(minute, 0, 59, [], expression)].sort((a, b) => a - b),
    hours: [...set(hour, 0, 23, [], expression)].sort((a, b) => a - b),
    matchesDay: (day) =>
      inMonth.has(day.day) && ofYear.has(day.month) && inWeek.has((day.dayOfWeek % 7) + 1) && years.has(day.year),
  };
};

const set = (field: string, least: number, most: number, names: readonly string[], expression: string): Set<number> => {
  const first = least === 0 ? 0 : 1;
  const numberOf = (text: string): number => {
    const named = names.indexOf(text.toUpperCase());
    const value = named >= 0 ? named + first : Number(text);
    if (!Number.isInteger(value) || value < least || value > most) throw refused(expression);
    return value;
  };
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '', step] = part.split('/');
    const [low, high] = range === '*' || range === '?' ? [least, most] : rangeOf(range, step, most, numberOf);
    for (let value = low; value <= high; value += step === undefined ? 1 : Number(step)) values.add(value);
    if (step !== undefined && !(Number(step) >= 1)) throw refused(expression);
  }
  return values;
};

const rangeOf = (
  range: string,
  step: string | undefined,
  most: number,
  numberOf: (text: string) => number,
): [number, number] => {
  const [low = '', high] = range.split('-');
  if (high !== undefined) return [numberOf(low), numberOf(high)];
  return [numberOf(low), step === undefined ? numberOf(low) : most];
};

const refused = (expression: string) =>
  new RefusedHere('run a schedule', 'ScheduleExpression', 'be a cron of six fields without L, W or #', expression);
