import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerSeries } from '../../../shared/domain/fit/customer-series.ts';
import { type Fit, priorFit } from '../../../shared/domain/fit/fit.ts';
import { fitSilence } from '../../../shared/domain/fit/silence/fit-silence.ts';
import {
  cumulatedHazard,
  type SilenceCurve,
  silenceDays,
  silenceOf,
} from '../../../shared/domain/fit/silence/silence-curve.ts';
import { fitCycle } from '../../../shared/domain/fit/standing/fit-cycle.ts';
import { days } from '../../../shared/domain/time.ts';
import { simulatedDay, simulationStartAt } from '../../support/simulated-store.ts';

const anyRhythm = fc.constantFrom('fast' as const, 'normal' as const, 'slow' as const, 'durable' as const);

/** A customer: a first day and gaps of one habit, from a day to two years, alike or not. */
const anySeries: fc.Arbitrary<CustomerSeries> = fc
  .tuple(
    fc.double({ min: 0, max: 700, noNaN: true }),
    fc.oneof(
      fc.array(fc.double({ min: 1, max: 700, noNaN: true }), { maxLength: 8 }),
      fc
        .tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 12 }))
        .map(([gap, n]) => Array<number>(n).fill(gap)),
    ),
  )
  .map(([first, gaps]) => {
    let day = first;
    return [first, ...gaps.map((gap) => (day += gap))].map((at) => ({
      at: simulationStartAt + Math.round(days(at)),
      netMinor: 100,
    }));
  });

/** A shop: a few customers, each as many times as told, so that evidence is thin or overwhelming. */
const anyShop: fc.Arbitrary<readonly CustomerSeries[]> = fc
  .array(fc.tuple(anySeries, fc.constantFrom(1, 1, 3, 50)), { maxLength: 12 })
  .map((some) => some.flatMap(([series, count]) => Array<CustomerSeries>(count).fill(series)));

const anyDay = fc.double({ min: 1, max: 1_500, noNaN: true });

const fitted = (
  series: readonly CustomerSeries[],
  day: number,
  rhythm: 'fast' | 'normal' | 'slow' | 'durable',
): Fit['curves'] => fitSilence({ series, asOf: simulatedDay(day), prior: priorFit(rhythm).curves[0] });

const eachCurve = (law: (curve: SilenceCurve, x: number) => void): void =>
  fc.assert(
    fc.property(anyShop, anyDay, anyRhythm, fc.double({ min: 0, max: 1, noNaN: true }), (series, day, rhythm, x) => {
      for (const curve of fitted(series, day, rhythm)) law(curve, x);
    }),
    { numRuns: 1_000 },
  );

describe('a fitted silence curve, whatever the orders', () => {
  it('has finite thresholds from one day to the horizon, in order', () => {
    eachCurve((curve) => {
      const [soon, later, late] = [silenceDays(curve, 0.75), silenceDays(curve, 0.9), silenceDays(curve, 0.98)];
      expect(soon).toBeGreaterThanOrEqual(1);
      expect(later).toBeGreaterThan(soon);
      expect(late).toBeGreaterThan(later);
      expect(late).toBeLessThanOrEqual(curve.horizonDays);
    });
  });

  it('never falls, never jumps and ends at one', () => {
    eachCurve((curve, x) => {
      const d = x * curve.horizonDays * 1.1;
      const [before, here, after] = [d - 1e-6, d, d + 1e-6].map((each) => cumulatedHazard(curve, each));
      expect(here).toBeGreaterThanOrEqual(before ?? 0);
      expect(after).toBeGreaterThanOrEqual(here ?? 0);
      expect((after ?? 0) - (before ?? 0)).toBeLessThan(1e-3);
      const silence = silenceOf(curve, days(d));
      expect(silence).toBeGreaterThanOrEqual(0);
      expect(silence).toBeLessThanOrEqual(1);
      expect(silenceOf(curve, days(curve.horizonDays))).toBe(1);
    });
  });

  it('names as threshold the whole day nearest to where its silence passes the share', () => {
    eachCurve((curve, x) => {
      const share = 0.01 + 0.98 * x;
      const threshold = silenceDays(curve, share);
      if (threshold > 1) expect(silenceOf(curve, days(threshold - 0.51))).toBeLessThanOrEqual(share + 1e-9);
      if (threshold < curve.horizonDays - 1)
        expect(silenceOf(curve, days(threshold + 0.51))).toBeGreaterThanOrEqual(share - 1e-9);
    });
  });

  it('does not depend on the order of customers', () => {
    fc.assert(
      fc.property(anyShop, anyDay, anyRhythm, (series, day, rhythm) => {
        expect(fitted([...series].reverse(), day, rhythm)).toEqual(fitted(series, day, rhythm));
      }),
      { numRuns: 300 },
    );
  });

  it('is moved little by one more customer who bought once today', () => {
    fc.assert(
      fc.property(anyShop, anyRhythm, (series, rhythm) => {
        const more = [...series, [{ at: simulatedDay(1_400), netMinor: 1 }]];
        const [before, after] = [fitted(series, 1_400, rhythm), fitted(more, 1_400, rhythm)];
        for (const [band, curve] of before.entries()) {
          const now = after[band] ?? curve;
          expect(Math.abs(silenceDays(now, 0.9) - silenceDays(curve, 0.9))).toBeLessThanOrEqual(
            2 + 0.02 * silenceDays(curve, 0.9),
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a fitted cycle, whatever the orders', () => {
  it("lies between the shortest and the longest of the customers' means and the prior", () => {
    fc.assert(
      fc.property(anyShop, anyRhythm, (series, rhythm) => {
        const prior = priorFit(rhythm).cycle;
        const { days: typical, weight } = fitCycle(series, prior);
        const means = series
          .filter(({ length }) => length > 1)
          .map((each) => ((each.at(-1)?.at ?? 0) - (each[0]?.at ?? 0)) / (each.length - 1) / days(1));
        expect(typical).toBeGreaterThanOrEqual(Math.min(prior.days, ...means) * (1 - 1e-9));
        expect(typical).toBeLessThanOrEqual(Math.max(prior.days, ...means) * (1 + 1e-9));
        expect(weight).toBeGreaterThanOrEqual(0.25);
        expect(weight).toBeLessThanOrEqual(20);
      }),
      { numRuns: 2_000 },
    );
  });
});
