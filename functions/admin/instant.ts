import * as z from 'zod';
import { type EpochMs, toIso } from '../../shared/domain/time.ts';

/** RFC 3339 in UTC, as `toIso` writes it. */
export const instant = z.iso
  .datetime({ precision: 3 })
  .meta({ description: 'RFC 3339, UTC', example: '2026-01-05T10:00:00.000Z' });
/** Size of a page. */
export const pageLimit = (fallback: number) => z.coerce.number().int().min(1).max(200).default(fallback);
export const cursorParameter = z
  .string()
  .min(1)
  .max(2_000)
  .optional()
  .meta({ description: 'The cursor of the page before' });
/** A UTC calendar day. */
export const calendarDay = z.iso.date();

export const isoOf = (at: EpochMs | undefined): string | undefined => (at === undefined ? undefined : toIso(at));
