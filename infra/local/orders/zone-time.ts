import { LifecycleError } from '../../../shared/domain/errors.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';

/** Wall-clock reading somewhere; `month` counts from 1. */
export type LocalTime = Readonly<{
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}>;

const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = newFormat(zone);
  formats.set(zone, format);
  return format;
};

const newFormat = (zone: string): Intl.DateTimeFormat => {
  try {
    return new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch (cause) {
    const details = { field: 'zone', value: zone };
    throw new LifecycleError(
      'policy.invalid',
      `cannot read local times: 'zone' must be an IANA zone, got ${zone}`,
      details,
      cause,
    );
  }
};

/** What clocks in the zone show at the instant. */
export const localTimeAt = (zone: string, at: EpochMs): LocalTime => {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)] as const),
  );
  const read = (part: Intl.DateTimeFormatPartTypes): number => parts.get(part) ?? Number.NaN;
  return {
    year: read('year'),
    month: read('month'),
    day: read('day'),
    hour: read('hour'),
    minute: read('minute'),
    second: read('second'),
  };
};

const asUtc = (local: LocalTime): EpochMs =>
  Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute, local.second);

const offsetAt = (zone: string, at: EpochMs): number => asUtc(localTimeAt(zone, at)) - Math.floor(at / 1_000) * 1_000;

/** Offsets at the UTC midnights of a zone: asking a calendar costs more than all the rest of reading an order. */
const midnights = new Map<string, Map<number, number>>();
const day = 86_400_000;

const midnightOffset = (zone: string, dayNumber: number): number => {
  const known = midnights.get(zone) ?? new Map<number, number>();
  midnights.set(zone, known);
  const offset = known.get(dayNumber) ?? offsetAt(zone, dayNumber * day);
  known.set(dayNumber, offset);
  return offset;
};

/** The zone's offset where it does not change for days around; `undefined` near a change. */
const steadyOffset = (zone: string, utc: EpochMs): number | undefined => {
  const today = Math.floor(utc / day);
  const offset = midnightOffset(zone, today);
  return [-1, 1, 2].every((next) => midnightOffset(zone, today + next) === offset) ? offset : undefined;
};

/**
 * The instant at which clocks in the zone show the reading: of two (clocks going back) the first, and for one that
 * never was (clocks going forward) the instant as far behind the change.
 */
export const instantOf = (zone: string, local: LocalTime): EpochMs => {
  const utc = asUtc(local);
  const steady = steadyOffset(zone, utc);
  if (steady !== undefined) return utc - steady;
  const before = utc - offsetAt(zone, utc - 86_400_000);
  const after = utc - offsetAt(zone, utc + 86_400_000);
  const shows = (at: EpochMs): boolean => asUtc(localTimeAt(zone, at)) === utc;
  const candidates = [before, after].filter(shows);
  return candidates.length > 0 ? Math.min(...candidates) : before;
};
