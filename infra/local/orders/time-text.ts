import { type EpochMs, parseInstant } from '../../../shared/domain/time.ts';
import { instantOf } from './zone-time.ts';

/** How `01/02/2026` is meant in this file. */
export type SlashOrder = 'day-first' | 'month-first';

const numbers = (parts: readonly (string | undefined)[]): readonly number[] => parts.map((part) => Number(part ?? 0));

/** A date without a time is noon: of all hours the least wrong, and the same day in most zones. */
const noon = '12';

const local = (zone: string, parts: readonly number[]): EpochMs | undefined => {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const real = new Date(Date.UTC(year, month - 1, day));
  if (real.getUTCMonth() !== month - 1 || real.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59)
    return undefined;
  return instantOf(zone, { year, month, day, hour, minute, second });
};

const isoLocal = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/;
const compact = /^(\d{4})(\d{2})(\d{2})$/;
const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/** Reads an instant; a text without an offset is local time in `zone`. `undefined` when it is no time we know. */
export const parsePlacedAt = (text: string, zone: string, slash: SlashOrder | undefined): EpochMs | undefined => {
  const bare = text.trim();
  const iso = isoLocal.exec(bare) ?? compact.exec(bare);
  if (iso !== null) return local(zone, numbers([iso[1], iso[2], iso[3], iso[4] ?? noon, iso[5], iso[6]]));
  const withOffset = parseInstant(bare.replace(/ (?=[+-]\d{2}:?\d{2}$)| (?=UTC$)/, '').replace(/UTC$/, 'Z'));
  if (withOffset !== undefined) return withOffset;
  const parts = slashed.exec(bare);
  if (parts === null || slash === undefined) return undefined;
  const [day, month] = slash === 'day-first' ? [parts[1], parts[2]] : [parts[2], parts[1]];
  return local(zone, numbers([parts[3], month, day, parts[4] ?? noon, parts[5], parts[6]]));
};

/** Which part is the day: the one that goes beyond twelve somewhere in the file. `undefined` when neither does, or both. */
export const slashOrderOf = (texts: Iterable<string>): SlashOrder | undefined => {
  let [first, second] = [0, 0];
  for (const text of texts) {
    const parts = slashed.exec(text.trim());
    if (parts === null) continue;
    first = Math.max(first, Number(parts[1]));
    second = Math.max(second, Number(parts[2]));
  }
  if (first > 12 === second > 12) return undefined;
  return first > 12 ? 'day-first' : 'month-first';
};
