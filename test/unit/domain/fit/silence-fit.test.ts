import { describe, expect, it } from 'vitest';
import type { CustomerSeries } from '../../../../shared/domain/fit/customer-series.ts';
import { type Fit, priorFit } from '../../../../shared/domain/fit/fit.ts';
import { fitSilence } from '../../../../shared/domain/fit/silence/fit-silence.ts';
import { bandOf } from '../../../../shared/domain/fit/silence/gap-table.ts';
import { type SilenceCurve, silenceDays } from '../../../../shared/domain/fit/silence/silence-curve.ts';
import { days, type EpochMs } from '../../../../shared/domain/time.ts';
import { emptyStages, fromLost, wrongOrders } from '../../../bench/silence/measures.ts';
import { stageReturns } from '../../../bench/silence/stage-returns.ts';
import { shopKinds, simulatedDay, simulateStore, simulationStartAt } from '../../../support/simulated-store.ts';

const prior = priorFit('normal').curves[0];
const at = (...placed: readonly number[]): CustomerSeries =>
  placed.map((day) => ({ at: simulationStartAt + days(day), netMinor: 5_000 }));
const curvesOf = (series: readonly CustomerSeries[], asOf: EpochMs, curve = prior): Fit['curves'] =>
  fitSilence({ series, asOf, prior: curve });
const thresholds = (curve: SilenceCurve): readonly number[] =>
  [0.75, 0.9, 0.98].map((share) => silenceDays(curve, share));
const times = <T>(count: number, of: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, n) => of(n));

const shop = (kind: keyof typeof shopKinds, customers: number, seed = 1): readonly CustomerSeries[] => {
  const known = shopKinds[kind];
  if (known === undefined) throw new Error(`no shop ${kind}`);
  return simulateStore({ seed, customers, days: 730, untilDays: 1_100, ...known });
};

describe('a silence curve where there is little to learn from', () => {
  it.each([
    ['nobody', []],
    ['one customer', [at(0)]],
    ['a thousand who bought once', times(1_000, (n) => at(n / 3))],
  ])('of %s is the prior', (_, series) => {
    expect(curvesOf(series, simulatedDay(700))).toEqual([prior, prior, prior]);
  });

  it('of one customer who came back stays near the prior', () => {
    const [first] = curvesOf([at(0, 20)], simulatedDay(700));
    for (const [n, day] of thresholds(first).entries())
      expect(Math.abs(day / (thresholds(prior)[n] ?? 1) - 1)).toBeLessThan(0.15);
  });

  it('of a band nobody returned in is that of the band before', () => {
    const [first, second, third] = curvesOf(shop('gifts', 600), simulatedDay(720));
    expect(silenceDays(first, 0.75)).toBeGreaterThan(330);
    expect(thresholds(second)).toEqual(thresholds({ ...first, hazard: [] }));
    expect(third).toEqual(second);
  });

  it.each([1, 2, 7, 30, 180, 360])(
    'of identical customers, all back after %s days, still tells its thresholds apart',
    (gap) => {
      const series = times(200, (n) => at(...times(12, (k) => (n % 5) + k * gap)));
      for (const curve of curvesOf(series, simulatedDay(gap * 12 + 400))) {
        const [soon = 0, later = 0, late = 0] = thresholds(curve);
        expect(soon).toBeGreaterThan(0.7 * gap);
        expect(soon).toBeLessThan(1.4 * gap + 2);
        expect(later).toBeGreaterThan(soon);
        expect(late).toBeGreaterThan(later);
        expect(late).toBeLessThanOrEqual(365);
      }
    },
  );

  it('does not look at occasions after the instant it is asked for', () => {
    const series = shop('ordinary', 500);
    const known = series.map((each) => each.filter((occasion) => occasion.at <= simulatedDay(200)));
    expect(curvesOf(series, simulatedDay(200))).toEqual(
      curvesOf(
        known.filter(({ length }) => length > 0),
        simulatedDay(200),
      ),
    );
  });
});

/** Gaps of a band begun by an instant and ended within a year, with hindsight. */
const endedGaps = (series: readonly CustomerSeries[], band: number, asOf: EpochMs): readonly number[] =>
  series.flatMap((occasions) =>
    occasions.slice(0, -1).flatMap((occasion, n) => {
      const gap = ((occasions[n + 1]?.at ?? 0) - occasion.at) / days(1);
      return bandOf(n + 1) === band && occasion.at <= asOf && gap <= 365 ? [gap] : [];
    }),
  );

const unlikeShops = Object.keys(shopKinds).filter((kind) => kind !== 'gifts');
const steadyShops = unlikeShops.filter((kind) => kind !== 'growing' && kind !== 'shrinking');

describe('a silence curve of a shop with history', () => {
  it.each(unlikeShops)(
    "says what is true: by its days that share of a %s shop's returning customers is back, in each band",
    (kind) => {
      const series = shop(kind, 4_000);
      for (const [band, curve] of curvesOf(series, simulatedDay(730)).entries()) {
        const gaps = endedGaps(series, band, simulatedDay(730));
        if (gaps.length < 200) continue;
        for (const share of [0.75, 0.9, 0.98]) {
          const back = gaps.filter((gap) => gap <= silenceDays(curve, share)).length / gaps.length;
          const chance = 3.5 * Math.sqrt((share * (1 - share)) / gaps.length);
          expect(Math.abs(back - share)).toBeLessThan(chance + 0.02);
        }
      }
    },
  );

  it.each([
    [3, 7],
    [6, 2],
    [12, 0],
  ])(
    'hardly moves as a steady shop grows old: after %s months at most %s of 60 thresholds are two fifths off',
    (month, most) => {
      const ratios = steadyShops.flatMap((kind) => {
        const series = shop(kind, 4_000);
        const old = curvesOf(series, simulatedDay(730));
        return curvesOf(series, simulatedDay((month * 365) / 12)).flatMap((curve, band) =>
          [0.75, 0.98].map((share) => silenceDays(curve, share) / silenceDays(old[band] ?? curve, share)),
        );
      });
      expect(ratios).toHaveLength(60);
      expect(ratios.filter((ratio) => Math.abs(ratio - 1) > 0.4).length).toBeLessThanOrEqual(most);
    },
  );

  it.each(unlikeShops)('puts the people of a %s shop into stages that return as often as their names say', (kind) => {
    const series = shop(kind, 12_000);
    const stages = stageReturns(series, curvesOf(series, simulatedDay(730)), simulatedDay(730), 90);
    // Loyal and active subscribers are one and the same: of a dozen shops, chance alone passes two standard errors.
    expect(wrongOrders(stages, 3)).toEqual([]);
    expect(emptyStages(stages)).toEqual([]);
    // A shop that hardly finds new customers lives on old ones, many silent for more than a year.
    expect(fromLost(stages)).toBeLessThan(kind === 'shrinking' ? 0.25 : 0.17);
  });

  it('finds a weekly rhythm whatever the shop said of itself', () => {
    const series = shop('grocer', 4_000);
    for (const rhythm of ['fast', 'normal', 'slow', 'durable'] as const) {
      const [first] = curvesOf(series, simulatedDay(365), priorFit(rhythm).curves[0]);
      expect(silenceDays(first, 0.75)).toBeGreaterThan(10);
      expect(silenceDays(first, 0.75)).toBeLessThan(18);
    }
  });

  it('fits a million occasions in at most two seconds', () => {
    const series = times(100_000, (n) => at(...times(10, (k) => (n % 365) + k * (20 + (n % 50)))));
    const begun = performance.now();
    curvesOf(series, simulatedDay(900));
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
