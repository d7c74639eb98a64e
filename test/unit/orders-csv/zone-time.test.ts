import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePlacedAt, slashOrderOf } from '../../../infra/local/orders/time-text.ts';
import { instantOf, localTimeAt } from '../../../infra/local/orders/zone-time.ts';

const zone = fc.constantFrom('Europe/London', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC');
const instant = fc
  .integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2035, 0, 1) })
  .map((at) => Math.floor(at / 1_000) * 1_000);

describe('local times', () => {
  it('the clock in the zone shows what was asked for, but for the hour that never was and the one that came twice', () => {
    fc.assert(
      fc.property(zone, instant, (name, at) => {
        const back = instantOf(name, localTimeAt(name, at));
        expect(at - back).toBeGreaterThanOrEqual(0);
        expect(at - back).toBeLessThanOrEqual(3_600_000);
        expect(localTimeAt(name, back)).toEqual(localTimeAt(name, at));
      }),
    );
  });

  it('of two readings the first counts, and a reading that never was moves on by the gap', () => {
    const at = (text: string): string =>
      new Date(parsePlacedAt(text, 'Europe/London', undefined) ?? Number.NaN).toISOString();
    expect(at('2026-10-25 01:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(at('2026-03-29 01:30')).toBe('2026-03-29T01:30:00.000Z');
  });

  it('refuses a zone that does not exist', () => {
    expect(() => localTimeAt('Europe/Atlantis', 0)).toThrow("'zone' must be an IANA zone, got Europe/Atlantis");
  });
});

describe('times in order files', () => {
  const read = (text: string): string | undefined => {
    const at = parsePlacedAt(text, 'Europe/Berlin', 'month-first');
    return at === undefined ? undefined : new Date(at).toISOString();
  };

  it.each([
    ['2010-12-01 08:45:00', '2010-12-01T07:45:00.000Z'],
    ['2010-12-01T08:45', '2010-12-01T07:45:00.000Z'],
    ['2010-12-01T08:45:00Z', '2010-12-01T08:45:00.000Z'],
    ['2024-05-05 10:00:00 +0100', '2024-05-05T09:00:00.000Z'],
    ['2024-05-05 10:00:00 UTC', '2024-05-05T10:00:00.000Z'],
    ['2024-07-01', '2024-07-01T10:00:00.000Z'],
    ['19970118', '1997-01-18T11:00:00.000Z'],
    ['12/1/2010 8:26', '2010-12-01T07:26:00.000Z'],
  ])('reads %s', (text, iso) => expect(read(text)).toBe(iso));

  it.each(['', 'yesterday', '2026-02-30', '2026-13-01', '2026-01-01 25:00', '31/31/2020'])('does not read %s', (text) =>
    expect(read(text)).toBeUndefined(),
  );

  it('tells day and month apart by the file, and does not guess', () => {
    expect(slashOrderOf(['1/2/2020', '13/2/2020'])).toBe('day-first');
    expect(slashOrderOf(['1/2/2020', '2/13/2020'])).toBe('month-first');
    expect(slashOrderOf(['1/2/2020'])).toBeUndefined();
    expect(slashOrderOf(['13/2/2020', '2/13/2020'])).toBeUndefined();
  });
});
