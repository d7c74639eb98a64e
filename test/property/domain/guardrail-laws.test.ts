import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { frequencyCap, marketingCaps } from '../../../shared/domain/guardrails/frequency-cap.ts';
import { mailTime, nextMailInterval, timedHours, waking } from '../../../shared/domain/guardrails/mail-hours.ts';
import { zonesOf } from '../../../shared/domain/guardrails/time-zones.ts';
import { planSend } from '../../../shared/domain/sends/plan-send.ts';
import { days, type EpochMs, hours, minutes } from '../../../shared/domain/time.ts';
import { start } from '../../support/customers.ts';
import { shop } from '../../support/world.ts';

const instant = fc.integer({ min: start, max: start + days(800) });
/** Zones with half hours, both hemispheres' summer time, and a skipped day in their past. */
const zone = fc.constantFrom(
  'Europe/London',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'America/Sao_Paulo',
  'Pacific/Chatham',
);

const localHour = (at: EpochMs, timeZone: string): number => {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  return local.hour + local.minute / 60 + local.second / 3_600;
};

describe('frequency caps', () => {
  it('never name an instant that is still blocked, nor a later one than needed', () => {
    fc.assert(
      fc.property(fc.array(instant, { maxLength: 8 }), instant, fc.integer({ min: 1, max: 3 }), (sentAt, now, max) => {
        const policy = { max, windowMs: hours(24) };
        const verdict = frequencyCap(policy, sentAt, now);
        if (verdict.type === 'clear') return;
        expect(frequencyCap(policy, sentAt, verdict.until).type).toBe('clear');
        expect(frequencyCap(policy, sentAt, verdict.until - 1).type).toBe('wait');
      }),
    );
  });

  it('let through at most one marketing mail in 20 hours and three in seven days', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 40 }), (gapsInHours) => {
        const sent: EpochMs[] = [];
        let now = start;
        for (const gap of gapsInHours) {
          now += hours(gap);
          const recent = sent.map((at, n) => ({ sendId: String(n), at }));
          if (marketingCaps(recent, { byOwnActToday: false }, now).type === 'clear') sent.push(now);
        }
        for (const at of sent) {
          expect(sent.filter((other) => other <= at && other > at - hours(20))).toHaveLength(1);
          expect(sent.filter((other) => other <= at && other > at - days(7)).length).toBeLessThanOrEqual(3);
        }
      }),
    );
  });

  it("what the customer's own act started today passes the weekly cap and not the daily one", () => {
    const recent = [1, 2, 3].map((n) => ({ sendId: String(n), at: start + days(n) }));
    expect(marketingCaps(recent, { byOwnActToday: false }, start + days(4))).toMatchObject({
      type: 'wait',
      until: start + days(8),
    });
    expect(marketingCaps(recent, { byOwnActToday: true }, start + days(4))).toEqual({ type: 'clear' });
    expect(marketingCaps(recent, { byOwnActToday: true }, start + days(3) + hours(1)).type).toBe('wait');
  });
});

describe('mail hours', () => {
  it('every mail time lies within the hours of every zone, on days of 23, 24 and 25 hours', () => {
    fc.assert(
      fc.property(fc.uniqueArray(zone, { minLength: 1, maxLength: 2 }), instant, fc.boolean(), (zones, now, timed) => {
        const allowed = timed ? timedHours : waking();
        const at = mailTime(allowed, zones, now);
        expect(at).toBeGreaterThanOrEqual(now);
        const joint = zones.every((one) => isWithin(localHour(at, one), allowed));
        const first = isWithin(localHour(at, zones[0] ?? 'UTC'), allowed);
        // Zones twelve hours apart may never agree; then the first alone decides.
        expect(joint || first).toBe(true);
        if (zones.length === 1) expect(joint).toBe(true);
      }),
    );
  });

  it('a mail that may go now goes now', () => {
    fc.assert(
      fc.property(zone, instant, (one, now) => {
        if (isWithin(localHour(now, one), waking())) expect(mailTime(waking(), [one], now)).toBe(now);
      }),
    );
  });

  it('are one interval a local day, whatever the clocks do', () => {
    fc.assert(
      fc.property(zone, instant, (one, now) => {
        const first = nextMailInterval(timedHours, [one], now);
        const second = nextMailInterval(timedHours, [one], first.to);
        expect(first.to - first.from).toBe(hours(10));
        expect(second.from - first.from).toBeGreaterThanOrEqual(hours(23));
        expect(second.from - first.from).toBeLessThanOrEqual(hours(25));
      }),
    );
  });

  it('where a country has several zones the hours hold in all of them', () => {
    const zones = zonesOf({ country: 'US' }, 'Europe/London');
    expect(zones.length).toBeGreaterThan(5);
    const at = mailTime(waking(), zones, start);
    for (const one of ['America/New_York', 'America/Los_Angeles', 'Pacific/Honolulu'])
      expect(isWithin(localHour(at, one), waking())).toBe(true);
  });

  it("a profile's own zone wins, then the country's, then the store's", () => {
    expect(zonesOf({ timeZone: 'Asia/Tokyo', country: 'GB' }, 'Europe/London')).toEqual(['Asia/Tokyo']);
    expect(zonesOf({ country: 'DE' }, 'Europe/London')).toContain('Europe/Berlin');
    expect(zonesOf({}, 'Europe/London')).toEqual(['Europe/London']);
    expect(zonesOf({ country: 'ZZ' }, 'Europe/London')).toEqual(['Europe/London']);
  });
});

describe('planned sends', () => {
  it('lie in the mail hours, never before their delay, and at most a night and a day after it', () => {
    fc.assert(
      fc.property(
        zone,
        instant,
        fc.integer({ min: 0, max: 20 }),
        fc.boolean(),
        fc.string(),
        (timeZone, triggeredAt, delay, byOwnAct, sendId) => {
          const step = { delayMs: days(delay) };
          const at = planSend({
            step,
            triggeredAt,
            byOwnAct,
            profile: { timeZone },
            store: shop,
            sendId,
            now: triggeredAt,
          });
          const earliest = Math.max(triggeredAt + days(delay), triggeredAt + minutes(1));
          expect(at).toBeGreaterThanOrEqual(earliest);
          expect(at - earliest).toBeLessThan(hours(26));
          expect(isWithin(localHour(at, timeZone), byOwnAct ? waking() : timedHours)).toBe(true);
        },
      ),
    );
  });
});

const toHours = (time: string): number => Number(time.slice(0, 2)) + Number(time.slice(3)) / 60;
const isWithin = (hour: number, allowed: Readonly<{ from: string; to: string }>): boolean =>
  hour >= toHours(allowed.from) && hour < toHours(allowed.to);
