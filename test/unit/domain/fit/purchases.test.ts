import { describe, expect, it } from 'vitest';
import { beta, gamma, type Random, randomFor } from '../../../../infra/local/shop/random.ts';
import { expectedPurchases } from '../../../../shared/domain/fit/purchases/expected-purchases.ts';
import { fitPurchases } from '../../../../shared/domain/fit/purchases/fit-purchases.ts';
import { pAlive } from '../../../../shared/domain/fit/purchases/p-alive.ts';
import { likelihoodSlope, logLikelihood } from '../../../../shared/domain/fit/purchases/purchase-likelihood.ts';
import type { PurchaseModel, PurchaseSummary } from '../../../../shared/domain/fit/purchases/purchase-model.ts';
import { summaryOf, tableOf } from '../../../../shared/domain/fit/purchases/purchase-summary.ts';
import { days } from '../../../../shared/domain/time.ts';
import { cdnowIsHere, cdnowPurchases } from './cdnow-summaries.ts';
import { hypergeometric } from './hypergeometric.ts';

const published: PurchaseModel = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
const summary = (repeats: number, lastWeek: number, ageWeeks: number): PurchaseSummary => ({
  repeats,
  lastWeek,
  ageWeeks,
});
const many = (n: number, of: (i: number) => PurchaseSummary): PurchaseSummary[] =>
  Array.from({ length: n }, (_, i) => of(i));

/** A customer as the model has them: no dropout before the first repeat, and after each with the same probability. */
const drawn = ({ r, alpha, a, b }: PurchaseModel, random: Random, ageWeeks: number): PurchaseSummary => {
  const rate = gamma(random, r, r / alpha);
  const dropout = beta(random, a, b);
  let [repeats, lastWeek, next] = [0, 0, -Math.log(1 - random()) / rate];
  while (next <= ageWeeks) {
    [repeats, lastWeek] = [repeats + 1, next];
    if (random() < dropout) break;
    next -= Math.log(1 - random()) / rate;
  }
  return { repeats, lastWeek, ageWeeks };
};

/** Equation (10) of the paper, as printed. */
const asPrinted = ({ r, alpha, a, b }: PurchaseModel, { repeats: x, ageWeeks: age }: PurchaseSummary, weeks: number) =>
  ((a + b + x - 1) / (a - 1)) *
  (1 -
    ((alpha + age) / (alpha + age + weeks)) ** (r + x) *
      hypergeometric(r + x, b + x, a + b + x - 1, weeks / (alpha + age + weeks)));

describe('BG/NBD on CDNOW', () => {
  it.skipIf(!cdnowIsHere)('gives the parameters and the log-likelihood of the paper', () => {
    const fit = fitPurchases(cdnowPurchases());
    expect(fit).toMatchObject({ method: 'maximum-likelihood', flags: [] });
    expect(Math.abs(fit.logLikelihood + 9582.43)).toBeLessThan(0.01);
    for (const name of ['r', 'alpha', 'a', 'b'] as const)
      expect(Math.abs(fit.model[name] - published[name])).toBeLessThan(0.002);
  });

  it.skipIf(!cdnowIsHere)('is at a maximum: no small step from the fit is more likely', () => {
    const customers = cdnowPurchases();
    const { model, logLikelihood: best } = fitPurchases(customers);
    for (const name of ['r', 'alpha', 'a', 'b'] as const)
      for (const factor of [0.99, 1.01])
        expect(logLikelihood({ ...model, [name]: model[name] * factor }, customers)).toBeLessThan(best);
  });

  it.each([
    [2, 30.43, 0.7266, 1.226],
    [1, 1.71, 0.2121, 0.2032],
    [0, 0, 1, 0.1951],
    [7, 29.43, 0.6418, 3.3371],
  ])('knows the customer with %i repeats, the last in week %f', (repeats, lastWeek, alive, expected) => {
    const customer = summary(repeats, lastWeek, 38.86);
    expect(Math.abs(pAlive(published, customer) - alive)).toBeLessThan(1e-4);
    expect(Math.abs(expectedPurchases(published, customer, 39) - expected)).toBeLessThan(1e-4);
  });
});

describe('BG/NBD', () => {
  it('counts repeats and weeks of seven days from the first occasion, up to the instant asked', () => {
    const series = [0, 3, 14, 40].map((day) => ({ at: days(day), netMinor: 100 }));
    expect(summaryOf(series, days(21))).toEqual({ repeats: 2, lastWeek: 2, ageWeeks: 3 });
    expect(summaryOf(series, days(-1))).toEqual({ repeats: 0, lastWeek: 0, ageWeeks: 0 });
  });

  it("agrees with the paper's hypergeometric form wherever that is defined", () => {
    for (const a of [0.2, 0.793, 1.4, 3])
      for (const x of [0, 1, 6, 30])
        for (const weeks of [1, 13, 52]) {
          const model = { ...published, a };
          const customer = summary(x, x === 0 ? 0 : 20, 30);
          const expected = pAlive(model, customer) * asPrinted(model, customer, weeks);
          expect(expectedPurchases(model, customer, weeks) / expected).toBeCloseTo(1, 8);
        }
  });

  it('has no gap at a = 1, where that form divides by zero', () => {
    const at = (a: number): number => expectedPurchases({ ...published, a }, summary(3, 20, 30), 26);
    expect(at(1)).toBeCloseTo((at(1 - 1e-6) + at(1 + 1e-6)) / 2, 9);
  });

  it('has a gradient that is the slope of its value', () => {
    const table = tableOf(many(60, (i) => summary(i % 7, i % 7 === 0 ? 0 : i / 4, 20 + i / 3)));
    const slope = likelihoodSlope(published, table);
    for (const name of ['r', 'alpha', 'a', 'b'] as const) {
      const step = 1e-5 * published[name];
      const value = (by: number): number =>
        likelihoodSlope({ ...published, [name]: published[name] + by }, table).value;
      expect(slope.by[name]).toBeCloseTo((value(step) - value(-step)) / (2 * step), 4);
    }
  });

  it('finds the parameters that made the data', () => {
    const truth = { r: 0.8, alpha: 6, a: 0.7, b: 3 };
    const { model, method } = fitPurchases(many(8_000, (i) => drawn(truth, randomFor(`bg-nbd ${i}`), 30 + (i % 40))));
    expect(method).toBe('maximum-likelihood');
    expect(model.r / model.alpha / (truth.r / truth.alpha)).toBeCloseTo(1, 1);
    expect(model.a / (model.a + model.b) / (truth.a / (truth.a + truth.b))).toBeCloseTo(1, 1);
  });
});

describe('BG/NBD of little or odd data', () => {
  const answers: readonly (readonly [string, readonly PurchaseSummary[], string, readonly string[]])[] = [
    ['nobody', [], 'prior-only', ['no-customers']],
    ['people who came this instant', many(5, () => summary(0, 0, 0)), 'prior-only', ['no-history']],
    ['no repeats', many(500, (i) => summary(0, 0, i / 10)), 'weak-prior', ['no-repeats']],
    ['one customer', [summary(3, 10, 20)], 'weak-prior', ['few-repeats']],
    [
      'identical customers',
      many(500, () => summary(3, 10, 20)),
      'weak-prior',
      ['dropout-spread-not-identified', 'rates-not-identified'],
    ],
    [
      'regulars who never leave',
      many(300, (i) => summary(20 + (i % 9) * 3, 51 + (i % 7) / 7, 52)),
      'weak-prior',
      ['dropout-not-identified'],
    ],
    ['one customer with a million purchases', [summary(1e6, 100, 101)], 'weak-prior', ['few-repeats']],
  ];

  it.each(answers)('%s: a finite answer that says what it rests on', (_, customers, method, flags) => {
    const fit = fitPurchases(customers);
    expect([fit.method, fit.flags]).toEqual([method, flags]);
    for (const parameter of Object.values(fit.model)) {
      expect(parameter).toBeGreaterThan(0);
      expect(parameter).toBeLessThan(1e6);
    }
    expect(fit.logLikelihood).toBe(logLikelihood(fit.model, customers));
    for (const customer of customers.slice(0, 3)) {
      expect(pAlive(fit.model, customer)).toBeGreaterThanOrEqual(0);
      expect(expectedPurchases(fit.model, customer, 13)).toBeGreaterThanOrEqual(0);
      expect(expectedPurchases(fit.model, customer, 13)).toBeLessThan(1e6);
    }
  });

  it('a shop without repeats expects fewer of them the longer it has waited', () => {
    const expected = (weeks: number): number => {
      const customers = many(200, () => summary(0, 0, weeks));
      return expectedPurchases(fitPurchases(customers).model, summary(0, 0, weeks), 13);
    };
    expect(expected(50)).toBeLessThan(expected(5));
  });
});
