import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedPurchases } from '../../../shared/domain/fit/purchases/expected-purchases.ts';
import { expectedSpend } from '../../../shared/domain/fit/purchases/expected-spend.ts';
import { fitPurchases } from '../../../shared/domain/fit/purchases/fit-purchases.ts';
import { fitSpend } from '../../../shared/domain/fit/purchases/fit-spend.ts';
import { pAlive } from '../../../shared/domain/fit/purchases/p-alive.ts';
import { logLikelihood } from '../../../shared/domain/fit/purchases/purchase-likelihood.ts';
import type { PurchaseModel, PurchaseSummary } from '../../../shared/domain/fit/purchases/purchase-model.ts';

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const anyModel: fc.Arbitrary<PurchaseModel> = fc
  .tuple(between(-4, 4), between(-4, 5), between(-4, 4), between(-4, 5))
  .map(([r, alpha, a, b]) => ({ r: Math.exp(r), alpha: Math.exp(alpha), a: Math.exp(a), b: Math.exp(b) }));

const anySummary: fc.Arbitrary<PurchaseSummary> = fc
  .tuple(fc.oneof(fc.constant(0), fc.nat(60), fc.nat(5_000)), between(0, 1), between(0, 500))
  .map(([repeats, share, ageWeeks]) => ({ repeats, lastWeek: repeats === 0 ? 0 : share * ageWeeks, ageWeeks }));

const anyWeeks = between(0, 200);
const slack = 1 + 1e-9;

describe('BG/NBD, whatever the customer and the model', () => {
  it('a customer is alive with a probability, and less so the longer they are silent', () => {
    fc.assert(
      fc.property(anyModel, anySummary, anyWeeks, (model, customer, silent) => {
        const now = pAlive(model, customer);
        expect(now).toBeGreaterThanOrEqual(0);
        expect(now).toBeLessThanOrEqual(1);
        expect(pAlive(model, { ...customer, ageWeeks: customer.ageWeeks + silent })).toBeLessThanOrEqual(now * slack);
        if (customer.repeats === 0) expect(now).toBe(1);
      }),
      { numRuns: 2_000 },
    );
  });

  it('expected purchases grow with the time ahead and fall with the silence behind', () => {
    fc.assert(
      fc.property(anyModel, anySummary, anyWeeks, anyWeeks, (model, customer, weeks, more) => {
        const expected = expectedPurchases(model, customer, weeks);
        expect(expected).toBeGreaterThanOrEqual(0);
        expect(expected).toBeLessThan(Number.POSITIVE_INFINITY);
        expect(expectedPurchases(model, customer, weeks + more) * slack).toBeGreaterThanOrEqual(expected);
        const later = { ...customer, ageWeeks: customer.ageWeeks + more };
        expect(expectedPurchases(model, later, weeks)).toBeLessThanOrEqual(expected * slack);
      }),
      { numRuns: 500 },
    );
  });

  it('the likelihood does not mind in which order customers come', () => {
    fc.assert(
      fc.property(anyModel, fc.array(anySummary, { maxLength: 40 }), (model, customers) => {
        const value = logLikelihood(model, customers);
        const apart = customers.reduce((sum, customer) => sum + logLikelihood(model, [customer]), 0);
        expect(logLikelihood(model, customers.toReversed())).toBe(value);
        expect(Math.abs(value - apart)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(value)));
      }),
    );
  });

  it('a fit has finite, positive parameters and a method', () => {
    fc.assert(
      fc.property(fc.array(anySummary, { maxLength: 60 }), (customers) => {
        const fit = fitPurchases(customers);
        for (const value of Object.values(fit.model))
          expect(value).toSatisfy((x: number) => x > 0 && Number.isFinite(x));
        expect(Number.isFinite(fit.logLikelihood)).toBe(true);
        expect(fit.flags.length > 0).toBe(fit.method !== 'maximum-likelihood');
      }),
      { numRuns: 200 },
    );
  });
});

describe('Gamma-Gamma, whatever the amounts', () => {
  const anySpend = fc.record({ repeats: fc.nat(50), meanSpend: fc.oneof(between(-10, 1e4), between(0.01, 1e9)) });

  it('expects an amount between the customer and the store, nearer the customer the more they bought', () => {
    fc.assert(
      fc.property(fc.array(anySpend, { maxLength: 60 }), between(0.01, 1e5), fc.nat(40), (customers, mean, more) => {
        const { model } = fitSpend(customers);
        if (model === undefined) return;
        const store = expectedSpend(model, undefined);
        const few = expectedSpend(model, { repeats: 1, meanSpend: mean });
        const many = expectedSpend(model, { repeats: 2 + more, meanSpend: mean });
        expect(Math.min(store, mean)).toBeLessThanOrEqual(few * slack);
        expect(Math.max(store, mean) * slack).toBeGreaterThanOrEqual(few);
        expect(Math.abs(many - mean)).toBeLessThanOrEqual(Math.abs(few - mean) + 1e-9 * (store + mean));
      }),
      { numRuns: 300 },
    );
  });
});
