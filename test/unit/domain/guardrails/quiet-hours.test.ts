import { describe, expect, it } from 'vitest';
import { mailTime } from '../../../../shared/domain/guardrails/mail-hours.ts';
import { hoursFor } from '../../../../shared/domain/sends/plan-send.ts';
import { hours, parseInstant } from '../../../../shared/domain/time.ts';

const midnight = parseInstant('2026-01-05T00:00:00Z') ?? 0;
const goesAt = (quietHours: string, byOwnAct: boolean, hour: number) =>
  (mailTime(hoursFor({ quietHours }, byOwnAct), ['UTC'], midnight + hours(hour)) - midnight) / hours(1);

describe('quiet hours that do not span midnight', () => {
  it.each(['00:00-07:00', '01:00-07:00'])('%s let mail go by day', (quiet) => {
    expect([6, 12, 23].map((hour) => goesAt(quiet, true, hour))).toEqual([7, 12, 23]);
    expect([6, 12, 23].map((hour) => goesAt(quiet, false, hour))).toEqual([10, 12, 34]);
  });

  it('keep their own hours quiet', () => {
    expect([0, 3, 6.9].map((hour) => goesAt('00:00-07:00', true, hour))).toEqual([7, 7, 7]);
    expect(goesAt('12:00-14:00', true, 13)).toBe(14);
  });
});
