/** An instant: milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;
/** A length of time in milliseconds. */
export type DurationMs = number;

export const seconds = (n: number): DurationMs => n * 1_000;
export const minutes = (n: number): DurationMs => n * 60_000;
export const hours = (n: number): DurationMs => n * 3_600_000;
/** A day is always 24 hours here; calendar days belong to a time zone and to `quiet-hours.ts`. */
export const days = (n: number): DurationMs => n * 86_400_000;

const rfc3339 = /^(\d{4}-\d{2}-\d{2})[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:?\d{2})$/;

/** The calendar knows the day; `Date` alone would read 30 February as 2 March. */
const isDay = (day: string): boolean => {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
};

/**
 * Reads an RFC 3339 timestamp that names its offset; fractions beyond milliseconds are cut.
 *
 * @returns `undefined` when the text is not such a timestamp, or is no real instant.
 */
export const parseInstant = (text: string): EpochMs | undefined => {
  const day = rfc3339.exec(text)?.[1];
  if (day === undefined || !isDay(day)) return undefined;
  const at = Date.parse(text.replace(/(\.\d{3})\d+/, '$1'));
  return Number.isNaN(at) ? undefined : at;
};

/** The instant in RFC 3339 with milliseconds, UTC. */
export const toIso = (at: EpochMs): string => new Date(at).toISOString();
/** The UTC calendar day of the instant, `YYYY-MM-DD`. */
export const utcDay = (at: EpochMs): string => {
  const day = Math.floor(at / days(1));
  const known = dayTexts.get(day);
  if (known !== undefined) return known;
  if (dayTexts.size >= mostDayTexts) dayTexts.clear();
  const text = toIso(at).slice(0, 10);
  dayTexts.set(day, text);
  return text;
};

/** The same few hundred days are asked for again and again. */
const dayTexts = new Map<number, string>();
const mostDayTexts = 10_000;
