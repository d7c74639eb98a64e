import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nightOfMonth } from '../../shared/domain/fit/fit-is-due.ts';
import { type MailHours, nextMailInterval, timedHours, waking } from '../../shared/domain/guardrails/mail-hours.ts';
import { zonesOf } from '../../shared/domain/guardrails/time-zones.ts';
import { tidyCountry } from '../../shared/domain/intake/tidy-place.ts';
import { hoursFor, planSend } from '../../shared/domain/sends/plan-send.ts';
import { days, type EpochMs, hours, minutes } from '../../shared/domain/time.ts';
import { start } from '../support/customers.ts';
import { openShop, standardOrderOf } from './support/shop.ts';

const formats = new Map<string, Intl.DateTimeFormat>();
/** The local date and time of an instant by the runtime's own calendar, `2026-03-29` and `02:30`. */
const localOf = (at: EpochMs, timeZone: string): Readonly<{ date: string; time: string }> => {
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  formats.set(timeZone, format);
  const [date = '', time = ''] = format.format(at).split(' ');
  return { date, time };
};
const isWithin = (at: EpochMs, zone: string, { from, to }: MailHours): boolean => {
  const { time } = localOf(at, zone);
  return from <= time && time < to;
};

/** The local dates on which mail may go in these days, found by looking at every quarter of an hour. */
const datesByLooking = (hoursOfDay: MailHours, zone: string, from: EpochMs, count: number): readonly string[] => {
  const quarters = Array.from({ length: count * 96 }, (_, n) => from + n * minutes(15));
  return [...new Set(quarters.filter((at) => isWithin(at, zone, hoursOfDay)).map((at) => localOf(at, zone).date))];
};
/** The same by walking from one interval to the next, as the planner does. */
const datesByWalking = (hoursOfDay: MailHours, zone: string, from: EpochMs, count: number): readonly string[] => {
  const dates: string[] = [];
  for (let at = from; ; ) {
    const next = nextMailInterval(hoursOfDay, [zone], at);
    if (Math.max(next.from, at) >= from + days(count)) return dates;
    dates.push(localOf(Math.max(next.from, at), zone).date);
    at = next.to;
  }
};

const oddDays: readonly (readonly [name: string, zone: string, midnight: EpochMs])[] = [
  ['23 hours', 'Europe/London', Date.UTC(2025, 2, 30)],
  ['25 hours', 'Europe/London', Date.UTC(2025, 9, 26)],
  ['half an hour less', 'Australia/Lord_Howe', Date.UTC(2025, 9, 5)],
  ['no midnight', 'America/Sao_Paulo', Date.UTC(2018, 10, 4)],
  ['two midnights', 'Africa/Cairo', Date.UTC(2025, 9, 31)],
  ['a date left out', 'Pacific/Apia', Date.UTC(2011, 11, 30)],
  ['a date left out at the end of a year', 'Pacific/Kiritimati', Date.UTC(1994, 11, 31)],
  ['a zone that moved', 'Asia/Pyongyang', Date.UTC(2018, 4, 5)],
  ['the leap day', 'Asia/Kathmandu', Date.UTC(2024, 1, 29)],
];
const allZones = Intl.supportedValuesOf('timeZone');
const anyZone = fc.constantFrom(...allZones);
const anyInstant = fc.integer({ min: Date.UTC(1994, 0, 1) / 60_000, max: Date.UTC(2036, 0, 1) / 60_000 });
const anyHours = fc.constantFrom(timedHours, waking(), waking('22:30-02:15'), waking('23:45-06:00'));

describe('fault 15: days that are longer, shorter, twice or not there', () => {
  it.each(oddDays)('%s: one time to mail for each local day', (_name, zone, midnight) => {
    for (const hoursOfDay of [timedHours, waking(), waking('22:30-02:15')]) {
      const walked = datesByWalking(hoursOfDay, zone, midnight - days(4), 9);
      expect(new Set(walked).size).toBe(walked.length);
      expect(walked).toEqual(datesByLooking(hoursOfDay, zone, midnight - days(4), 9));
    }
  });

  it('any zone, any week since 1994: one time to mail for each local day', () =>
    fc.assert(
      fc.property(anyZone, anyInstant, anyHours, (zone, minute, hoursOfDay) => {
        const from = Math.floor((minute * 60_000) / days(1)) * days(1);
        const walked = datesByWalking(hoursOfDay, zone, from, 7);
        expect(walked).toEqual(datesByLooking(hoursOfDay, zone, from, 7));
      }),
      { numRuns: 60 },
    ));

  it('one night a month is the first, in every zone, however its clocks move', () => {
    const months = Array.from({ length: 36 }, (_, n) => n);
    const nightsAbout = (month: number) => [-2, -1, 0, 1, 2].map((n) => Date.UTC(2024, month, 1, 3, 17) + days(n));
    // Zones that show the same clock at all these nights are one zone here.
    const different = new Map(
      allZones.map((zone) => [
        months
          .flatMap(nightsAbout)
          .map((at) => localOf(at, zone).time)
          .join(),
        zone,
      ]),
    );
    expect(different.size).toBeGreaterThan(40);
    for (const zone of different.values())
      for (const month of months)
        expect([zone, month, nightsAbout(month).filter((at) => nightOfMonth(at, zone) === 1).length]).toEqual([
          zone,
          month,
          1,
        ]);
  });

  it('Halifax on 1 November 2026: the clocks go back, two nights fall into the 1st, and one is the first', () => {
    const nights = [0, 1, 2].map((n) => Date.UTC(2026, 9, 31, 3, 17) + days(n + 1));
    expect(nights.map((at) => localOf(at, 'America/Halifax').date)).toEqual(['2026-11-01', '2026-11-01', '2026-11-02']);
    expect(nights.map((at) => nightOfMonth(at, 'America/Halifax') === 1)).toEqual([true, false, false]);
  });
});

const letters = Array.from({ length: 26 }, (_, n) => String.fromCharCode(65 + n));
/** Antarctica's stations keep the time of whoever built them: theirs is no day all share. */
const countries = letters
  .flatMap((a) => letters.map((b) => a + b))
  .filter((code) => tidyCountry(code) === code && code !== 'AQ' && zonesOf({ country: code }, 'UTC').length > 1);

describe('fault 15: quiet hours where a country has several zones', () => {
  it('hold in all of them, in every country there is', () => {
    expect(countries.length).toBeGreaterThan(20);
    for (const country of countries)
      for (const byOwnAct of [true, false])
        for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2026, 11, 31); at += days(13) + hours(5)) {
          const store = { ...({} as Parameters<typeof planSend>[0]['store']), timeZone: 'Europe/London' };
          const step = { delayMs: 0 };
          const goesAt = planSend({
            step,
            triggeredAt: at,
            byOwnAct,
            profile: { country },
            store,
            sendId: 's',
            now: at,
          });
          const late = zonesOf({ country }, 'UTC').filter((zone) => !isWithin(goesAt, zone, waking()));
          expect([country, late]).toEqual([country, []]);
        }
  });

  it('keep to 10:00-20:00 everywhere when only time started it, but in Russia, where that is never in all zones', () => {
    const never = countries.filter((country) => {
      const zones = zonesOf({ country }, 'UTC');
      const { from } = nextMailInterval(hoursFor({}, false), zones, Date.UTC(2026, 5, 1, 12));
      return zones.some((zone) => !isWithin(from, zone, timedHours));
    });
    expect(never.filter((country) => country !== 'RU')).toEqual([]);
    expect(never).toEqual(['RU']);
  });
});

describe('fault 15: a customer who moves', () => {
  it.each(['Pacific/Auckland', 'America/Los_Angeles', 'Pacific/Kiritimati'])(
    'to %s is not mailed at night there',
    async (timeZone) => {
      const shop = await openShop();
      const person = { id: 'c-1', email: 'ada@example.com', consent: { email: 'granted', at: '2025-01-06T08:00:00Z' } };
      await shop.standard(standardOrderOf(start, { customer: { ...person, timeZone: 'Europe/London' } }));
      await shop.advanceTo(start + days(6));
      await shop.standard({
        type: 'customer.updated',
        timestamp: '2025-01-12T09:00:00Z',
        data: { ...person, timeZone },
      });
      await shop.advanceTo(start + days(12));
      expect(shop.mails.map(({ at }) => isWithin(at, timeZone, waking()))).toEqual([true]);
    },
  );
});
