import { describe, expect, it } from 'vitest';
import { randomFor } from '../../../../infra/local/shop/random.ts';
import type { CustomerSeries } from '../../../../shared/domain/fit/customer-series.ts';
import { logistic, ridgeLogistic } from '../../../../shared/domain/fit/numeric/ridge-logistic.ts';
import { fitPurchases } from '../../../../shared/domain/fit/purchases/fit-purchases.ts';
import { summaryOf } from '../../../../shared/domain/fit/purchases/purchase-summary.ts';
import { fitReturnChance } from '../../../../shared/domain/fit/return-chance/fit-return-chance.ts';
import { pastCutOffs } from '../../../../shared/domain/fit/return-chance/past-cut-offs.ts';
import { returnChanceOf } from '../../../../shared/domain/fit/return-chance/return-chance-of.ts';
import { pastOf, returnFeaturesOf } from '../../../../shared/domain/fit/return-chance/return-features.ts';
import { days } from '../../../../shared/domain/time.ts';
import { knownAt, shopKinds, simulatedDay, simulateStore } from '../../../support/simulated-store.ts';

const shop = (kind: string, customers: number) =>
  simulateStore({
    seed: kind,
    customers,
    days: 540,
    untilDays: 640,
    ...(shopKinds[kind] ?? { buying: { type: 'bg-nbd', r: 0.5, alphaDays: 40, a: 0.8, b: 2.4 } }),
  });

const fitted = (all: readonly CustomerSeries[], day: number, horizonDays: number) => {
  const asOf = simulatedDay(day);
  const series = knownAt(all, asOf);
  const purchases = fitPurchases(series.map((each) => summaryOf(each, asOf))).model;
  const view = { horizonDays, cycle: { days: 40, weight: 1 }, purchases };
  return { asOf, view, ...fitReturnChance({ series, asOf, ...view }) };
};

describe('ridge logistic regression', () => {
  const random = randomFor('ridge');
  const rows = Array.from({ length: 4_000 }, () => [random() * 4 - 2, 100 + 10 * random(), 7] as const);
  const labels = rows.map(([x, y]) => Number(random() < logistic(0.5 + 1.2 * x - 0.2 * (y - 105))));
  const examples = { width: 3, features: Float64Array.from(rows.flat()), labels: Uint8Array.from(labels) };
  const free = { ridge: 1e-6, towards: [0, 0, 0], atLeastZero: [false, false, false] };

  it('finds the weights that made the data, on features of any scale', () => {
    const { weights, intercept } = ridgeLogistic(examples, free);
    expect(weights[0]).toBeCloseTo(1.2, 0);
    expect(weights[1]).toBeCloseTo(-0.2, 1);
    expect(weights[2]).toBe(0);
    expect(intercept + (weights[1] ?? 0) * 105).toBeCloseTo(0.5, 0);
  });

  it('stops a weight at zero where it must not be negative, and fits the others without it', () => {
    const bounded = ridgeLogistic(examples, { ...free, atLeastZero: [true, true, true] });
    expect(bounded.weights[1]).toBe(0);
    expect(bounded.weights[0]).toBeGreaterThan(1);
  });

  it('comes to rest on what it is pulled to as the ridge grows', () => {
    const { weights } = ridgeLogistic(examples, { ...free, ridge: 1e9, towards: [0.3, 0.1, 0] });
    expect(weights[0]).toBeCloseTo(0.3, 3);
    expect(weights[1]).toBeCloseTo(0.1, 3);
  });

  it('is finite where one feature tells everything, or all labels are alike', () => {
    const apart = { width: 1, features: Float64Array.from([1, 2, 3, 4]), labels: Uint8Array.from([0, 0, 1, 1]) };
    const alike = { ...apart, labels: Uint8Array.from([1, 1, 1, 1]) };
    for (const each of [apart, alike, { width: 1, features: new Float64Array(0), labels: new Uint8Array(0) }]) {
      const { weights, intercept } = ridgeLogistic(each, { ridge: 1, towards: [0], atLeastZero: [true] });
      expect([...weights, intercept].every(Number.isFinite)).toBe(true);
    }
  });
});

describe('the return chance', () => {
  it('says of a past instant only what was known then', () => {
    const series = [0, 10, 40].map((day) => ({ at: days(day), netMinor: 1 }));
    expect(pastOf(series, days(20))).toEqual({ orders: 2, firstAt: 0, lastAt: days(10) });
    expect(pastOf(series, days(-1))).toBeUndefined();
  });

  it('asks at cut-offs whose horizon has passed, with history before them', () => {
    const cuts = pastCutOffs(0, days(400), 90);
    expect(cuts[0]).toBe(days(310));
    for (const at of cuts) expect(at).toBeGreaterThanOrEqual(days(60));
    expect(cuts.length).toBe(8);
  });

  it('is a probability that holds in the quarter after, decile by decile', () => {
    const all = shop('ordinary', 6_000);
    const { model, flags, asOf, view } = fitted(all, 500, 90);
    expect([model?.says, flags]).toEqual(['probability', []]);
    if (model === undefined) return;
    const judged = all.flatMap((series) => {
      const past = pastOf(series, asOf);
      if (past === undefined) return [];
      const chance = returnChanceOf(model, returnFeaturesOf(past, asOf, view));
      return [{ chance, back: Number(series.some(({ at }) => at > asOf && at <= asOf + days(90))) }];
    });
    judged.sort((a, b) => a.chance - b.chance);
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const part = judged.slice((tenth * judged.length) / 10, ((tenth + 1) * judged.length) / 10);
      const mean = (of: (each: (typeof part)[number]) => number) =>
        part.reduce((sum, each) => sum + of(each), 0) / part.length;
      expect(Math.abs(mean(({ chance }) => chance) - mean(({ back }) => back))).toBeLessThan(0.07);
    }
  });

  it('is a ranking where the horizon is longer than half the history', () => {
    const all = shop('ordinary', 500);
    expect(fitted(all, 500, 251)).toMatchObject({
      model: { says: 'ranking', horizonDays: 251 },
      flags: ['short-history'],
    });
    expect(fitted(all, 500, 245)).toMatchObject({ model: { says: 'probability' }, flags: [] });
  });

  it('is a ranking where hardly anybody came back lately', () => {
    const once = Array.from({ length: 300 }, (_, n) => [{ at: simulatedDay(n), netMinor: 100 }]);
    const { model, flags, asOf, view } = fitted(once, 300, 60);
    expect(flags).toEqual(['few-returns']);
    const chance =
      model && returnChanceOf(model, returnFeaturesOf({ orders: 1, firstAt: asOf, lastAt: asOf }, asOf, view));
    expect(chance).toBeLessThan(0.05);
  });

  it('has no model of a shop without a past', () => {
    expect(fitted([], 10, 90)).toMatchObject({ flags: ['no-history'] });
    expect(fitted([[{ at: simulatedDay(10), netMinor: 1 }]], 10, 90).model).toBeUndefined();
  });

  it('fits an item: a few numbers', () => {
    expect(JSON.stringify(fitted(shop('coffee', 300), 500, 90).model).length).toBeLessThan(400);
  });
});
