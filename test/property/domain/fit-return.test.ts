import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerSeries } from '../../../shared/domain/fit/customer-series.ts';
import { fitPurchases } from '../../../shared/domain/fit/purchases/fit-purchases.ts';
import { summaryOf } from '../../../shared/domain/fit/purchases/purchase-summary.ts';
import { fitReturnChance } from '../../../shared/domain/fit/return-chance/fit-return-chance.ts';
import { returnChanceOf } from '../../../shared/domain/fit/return-chance/return-chance-of.ts';
import { pastOf, returnFeaturesOf } from '../../../shared/domain/fit/return-chance/return-features.ts';
import { returnFeatures } from '../../../shared/domain/fit/return-chance/return-model.ts';
import { days } from '../../../shared/domain/time.ts';
import { shopKinds, simulatedDay, simulateStore } from '../../support/simulated-store.ts';

const gaps = fc.array(fc.integer({ min: days(1), max: days(400) }), { maxLength: 30 });
const seriesFrom = (firstAt: number, between: readonly number[]): CustomerSeries => {
  const ats = [firstAt];
  for (const gap of between) ats.push((ats.at(-1) ?? 0) + gap);
  return ats.map((at) => ({ at, netMinor: 1_000 }));
};

const anyShop = fc.oneof(
  fc
    .constantFrom(...Object.keys(shopKinds))
    .chain((kind) =>
      fc
        .record({ seed: fc.nat(1_000), customers: fc.integer({ min: 1, max: 80 }) })
        .map(({ seed, customers }) =>
          simulateStore({ seed: `${kind} ${seed}`, customers, days: 300, ...(shopKinds[kind] ?? simulatedKind) }),
        ),
    ),
  fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: days(300) }), gaps)
      .map(([at, between]) =>
        seriesFrom(simulatedDay(0) + at, between).filter((occasion) => occasion.at <= simulatedDay(300)),
      ),
    { maxLength: 30 },
  ),
);
const simulatedKind = { buying: { type: 'bg-nbd', r: 0.5, alphaDays: 40, a: 0.8, b: 2.4 } } as const;

describe('the return chance, whatever the shop', () => {
  it('is between 0 and 1 and never rises while nobody orders', () => {
    fc.assert(
      fc.property(
        anyShop,
        fc.integer({ min: 1, max: 400 }),
        gaps,
        fc.array(fc.integer({ min: 0, max: days(3_000) }), { minLength: 2, maxLength: 6 }),
        (shop, horizonDays, between, silences) => {
          const asOf = simulatedDay(300);
          const purchases = fitPurchases(shop.map((series) => summaryOf(series, asOf))).model;
          const view = { horizonDays, cycle: { days: 30, weight: 1 }, purchases };
          const { model, flags } = fitReturnChance({ series: shop, asOf, ...view });
          if (model === undefined) {
            expect(flags).toEqual(['no-history']);
            return;
          }
          for (const name of returnFeatures.slice(1)) expect(model.weights[name]).toBeGreaterThanOrEqual(0);
          const customer = seriesFrom(0, between);
          const lastAt = customer.at(-1)?.at ?? 0;
          const past = pastOf(customer, lastAt);
          if (past === undefined) return;
          let before = 1;
          for (const silence of silences.toSorted((a, b) => a - b)) {
            const chance = returnChanceOf(model, returnFeaturesOf(past, lastAt + silence, view));
            expect(chance).toBeGreaterThanOrEqual(0);
            expect(chance).toBeLessThanOrEqual(before * (1 + 1e-9));
            before = chance;
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('learns nothing from after the instant it is asked at', () => {
    fc.assert(
      fc.property(
        anyShop,
        fc.integer({ min: 100, max: 280 }),
        fc.integer({ min: 5, max: 60 }),
        (shop, day, horizonDays) => {
          const asOf = simulatedDay(day);
          const known = shop.map((series) => series.filter(({ at }) => at <= asOf));
          const view = { horizonDays, cycle: { days: 30, weight: 1 } };
          expect(fitReturnChance({ series: shop, asOf, ...view })).toEqual(
            fitReturnChance({ series: known, asOf, ...view }),
          );
        },
      ),
      { numRuns: 100 },
    );
  });
});
