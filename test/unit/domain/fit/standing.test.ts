import { describe, expect, it } from 'vitest';
import type { CustomerSeries } from '../../../../shared/domain/fit/customer-series.ts';
import { priorFit } from '../../../../shared/domain/fit/fit.ts';
import { fitCycle } from '../../../../shared/domain/fit/standing/fit-cycle.ts';
import { rfmBounds, rfmScores } from '../../../../shared/domain/fit/standing/rfm.ts';
import { topShares } from '../../../../shared/domain/fit/standing/top-shares.ts';
import { days } from '../../../../shared/domain/time.ts';
import { shopKinds, simulatedDay, simulateStore, simulationStartAt } from '../../../support/simulated-store.ts';

const { cycle: prior } = priorFit('normal');
const at = (...placed: readonly number[]): CustomerSeries =>
  placed.map((day) => ({ at: simulationStartAt + days(day), netMinor: 5_000 }));
const times = <T>(count: number, of: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, n) => of(n));

describe("the store's purchase cycle", () => {
  it.each([
    ['nobody', []],
    ['customers who bought once', times(50, () => at(0))],
  ])('of %s is the prior', (_, series) => {
    const { days: typical, weight } = fitCycle(series, prior);
    expect(typical).toBeCloseTo(prior.days, 12);
    expect(weight).toBeCloseTo(prior.weight, 12);
  });

  it('is not owned by those who come often', () => {
    const often = times(10, () => at(...times(100, (n) => n * 3)));
    const seldom = times(90, (n) => at(0, 60 + n / 10, 121, 180));
    const { days: typical } = fitCycle([...often, ...seldom], prior);
    expect(typical).toBeGreaterThan(40);
    expect(typical).toBeLessThan(60);
  });

  it('knows gamma regulars: their mean, and that a gap of their own says little less than all the others', () => {
    const buying = {
      type: 'regular',
      meanDays: 30,
      between: 0.3,
      shape: 4,
      returnShare: 1,
      firstReturnShare: 1,
    } as const;
    const series = simulateStore({ seed: 4, customers: 2_000, days: 100, untilDays: 1_000, buying });
    const { days: typical, weight } = fitCycle(series, prior);
    // Means are log-normal: variance of a gap within 30^2 e^(2 x .09) / 4, of means between 30^2 e^.09 (e^.09 - 1).
    expect(typical).toBeCloseTo(30 * Math.exp(0.045), -0.5);
    expect(weight).toBeGreaterThan(2);
    expect(weight).toBeLessThan(4);
  });

  it("keeps the prior's weight where all gaps are the same", () => {
    const { days: typical, weight } = fitCycle(
      times(100, () => at(0, 10, 20, 30)),
      prior,
    );
    expect(weight).toBeCloseTo(prior.weight, 12);
    expect(typical).toBeGreaterThan(10);
    expect(typical).toBeLessThan(14);
  });

  it('counts many gaps of a customer as one where customers do not differ but chance does', () => {
    const series = times(400, (n) => at(0, 10 + (n % 7) * 5, 60, 65 + (n % 11) * 3, 120));
    expect(fitCycle(series, prior).weight).toBeGreaterThan(10);
  });
});

describe('RFM', () => {
  const series = times(100, (n) => at(...times(1 + (n % 10), (k) => 300 - n - k)));

  it('splits customers who all differ into fifths, the latest best', () => {
    const bounds = rfmBounds(
      times(100, (n) => at(n)),
      simulatedDay(100),
    );
    const scores = times(100, (n) =>
      bounds === undefined ? 0 : rfmScores(bounds, { silenceDays: 100 - n, orders: 1, revenueMinor: 1 }).recency,
    );
    expect(scores).toEqual(times(100, (n) => 1 + Math.floor(n / 20)));
  });

  it('gives equal orders equal scores, more orders never a worse one', () => {
    const bounds = rfmBounds(series, simulatedDay(300));
    expect(bounds?.frequency).toEqual([2, 4, 6, 8]);
    const scores = times(12, (n) =>
      bounds === undefined ? 0 : rfmScores(bounds, { silenceDays: 0, orders: n + 1, revenueMinor: 0 }).frequency,
    );
    expect(scores).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 5, 5]);
  });

  it('lets most who bought once share the lowest score', () => {
    const bounds = rfmBounds([...times(90, () => at(0)), ...times(10, () => at(0, 9))], simulatedDay(100));
    expect(bounds?.frequency).toEqual([1, 1, 1, 1]);
  });

  it('uses fixed bounds under 25 customers and none for nobody', () => {
    expect(rfmBounds([], simulatedDay(10))).toBeUndefined();
    expect(rfmBounds([at(20)], simulatedDay(10))).toBeUndefined();
    expect(
      rfmBounds(
        times(24, (n) => at(n)),
        simulatedDay(400),
      ),
    ).toEqual({
      recencyDays: [30, 90, 180, 365],
      frequency: [1, 2, 3, 5],
      monetaryMinor: [5_000, 10_000, 15_000, 25_000],
    });
    expect(
      rfmBounds(
        times(25, (n) => at(n)),
        simulatedDay(100),
      )?.recencyDays,
    ).toEqual([80, 85, 90, 95]);
  });

  it('does not look at occasions to come', () => {
    const bounds = rfmBounds(
      times(30, (n) => at(n, 500)),
      simulatedDay(100),
    );
    expect(bounds?.frequency).toEqual([1, 1, 1, 1]);
    expect(bounds?.monetaryMinor).toEqual([5_000, 5_000, 5_000, 5_000]);
  });
});

describe('top shares of the last 12 months', () => {
  const shareOf = (series: readonly CustomerSeries[], least: number): number => {
    const repeat = series.filter(({ length }) => length > 1);
    const inside = repeat.filter((each) => each.filter((one) => one.at > simulatedDay(365)).length >= least);
    return inside.length / repeat.length;
  };

  it.each(Object.keys(shopKinds))(
    'of a %s shop never hold more than their share, and one occasion fewer would',
    (kind) => {
      const known = shopKinds[kind];
      const series = known === undefined ? [] : simulateStore({ seed: 2, customers: 2_000, days: 730, ...known });
      const tops = topShares(series, simulatedDay(730)) ?? [];
      expect(tops.map(({ top }) => top)).toEqual([0.05, 0.1, 0.2, 0.25, 0.3, 0.5]);
      for (const { top, orders } of tops) {
        const nobodyAbove = shareOf(series, orders + 1) === 0;
        if (!nobodyAbove) expect(shareOf(series, orders)).toBeLessThanOrEqual(top);
        expect(shareOf(series, orders)).toBeGreaterThan(0);
        if (orders > 1) expect(shareOf(series, orders - 1)).toBeGreaterThan(top);
      }
    },
  );

  it('hold everybody rather than nobody where all tie', () => {
    const tops = topShares(
      times(40, () => at(400, 500, 600)),
      simulatedDay(700),
    );
    expect(tops?.map(({ orders }) => orders)).toEqual([3, 3, 3, 3, 3, 3]);
  });

  it('hold nobody without an occasion in 12 months', () => {
    const tops = topShares(
      times(40, () => at(0, 50)),
      simulatedDay(700),
    );
    expect(tops?.map(({ orders }) => orders)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('are not told of fewer than 25 repeat customers', () => {
    const once = times(200, () => at(650));
    expect(topShares([...once, ...times(24, () => at(600, 650))], simulatedDay(700))).toBeUndefined();
    expect(topShares([...once, ...times(25, () => at(600, 650))], simulatedDay(700))).toBeDefined();
  });
});
