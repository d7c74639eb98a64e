import { days, type EpochMs } from '../../../shared/domain/time.ts';

/** A calendar day in a zone, `8 Feb 2026`. */
export const dayText = (iso: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(iso));

/** Day and minute in a zone, `8 Feb 2026, 10:00`. */
export const minuteText = (iso: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));

/** Whole days of 24 hours from one instant to another. */
export const daysFrom = (from: EpochMs, to: EpochMs): number => Math.floor((to - from) / days(1));

/** `1 day`, `30 days`. */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;
