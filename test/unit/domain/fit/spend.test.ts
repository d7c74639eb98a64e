import { describe, expect, it } from 'vitest';
import { expectedSpend, spendSummaryOf } from '../../../../shared/domain/fit/purchases/expected-spend.ts';
import { fitSpend } from '../../../../shared/domain/fit/purchases/fit-spend.ts';
import { spendSlope, spendTableOf } from '../../../../shared/domain/fit/purchases/spend-likelihood.ts';
import type { SpendSummary } from '../../../../shared/domain/fit/purchases/spend-model.ts';
import { days } from '../../../../shared/domain/time.ts';
import { cdnowIsHere, cdnowSpends } from './cdnow-summaries.ts';

const many = (n: number, of: (i: number) => SpendSummary): SpendSummary[] => Array.from({ length: n }, (_, i) => of(i));

describe('Gamma-Gamma', () => {
  it.skipIf(!cdnowIsHere)('gives the parameters of the note on CDNOW', () => {
    const { model, method, flags } = fitSpend(cdnowSpends());
    expect([method, flags]).toEqual(['maximum-likelihood', []]);
    expect(Math.abs((model?.p ?? 0) - 6.25)).toBeLessThan(0.02);
    expect(Math.abs((model?.q ?? 0) - 3.74)).toBeLessThan(0.02);
    expect(Math.abs((model?.v ?? 0) - 15.45)).toBeLessThan(0.02);
  });

  it.each([
    [2, 22.35, 24.66],
    [1, 11.77, 18.92],
    [7, 73.74, 71.47],
    [2, 25.55, 27.29],
  ])('pulls the mean of %i purchases, %f, to %f', (repeats, meanSpend, expected) => {
    const spend = expectedSpend({ p: 6.25, q: 3.74, v: 15.44 }, { repeats, meanSpend });
    expect(Math.abs(spend - expected)).toBeLessThan(0.006);
  });

  it("expects the store's mean of a customer without repeats", () => {
    expect(expectedSpend({ p: 6.25, q: 3.74, v: 15.44 }, undefined)).toBeCloseTo(35.22, 2);
  });

  it('has a gradient that is the slope of its value', () => {
    const table = spendTableOf(many(40, (i) => ({ repeats: 1 + (i % 6), meanSpend: 5 + ((i * 7) % 31) })));
    const model = { p: 6.25, q: 3.74, v: 15.44 };
    const slope = spendSlope(model, table);
    for (const name of ['p', 'q', 'v'] as const) {
      const value = (by: number): number => spendSlope({ ...model, [name]: model[name] + by }, table).value;
      expect(slope.by[name]).toBeCloseTo((value(1e-5) - value(-1e-5)) / 2e-5, 4);
    }
  });

  it('says the same in another currency', () => {
    const customers = many(200, (i) => ({ repeats: 1 + (i % 6), meanSpend: 5 + ((i * 37) % 131) }));
    const yen = customers.map(({ repeats, meanSpend }) => ({ repeats, meanSpend: meanSpend * 180 }));
    const [here, there] = [fitSpend(customers), fitSpend(yen)];
    expect(there.model?.p).toBeCloseTo(here.model?.p ?? 0, 6);
    expect((there.model?.v ?? 0) / (here.model?.v ?? 1)).toBeCloseTo(180, 6);
  });

  it('reads repeat purchases up to the instant, without those that brought nothing', () => {
    const series = [500, 1_000, 0, 3_000, 9_000].map((netMinor, i) => ({ at: days(i), netMinor }));
    expect(spendSummaryOf(series, days(3), 100)).toEqual({ repeats: 2, meanSpend: 20 });
    expect(spendSummaryOf(series, days(3), 1)).toEqual({ repeats: 2, meanSpend: 2_000 });
    expect(spendSummaryOf(series, days(0), 100)).toBeUndefined();
  });
});

describe('Gamma-Gamma of little or odd data', () => {
  const unit = (repeats: number, meanSpend: number): SpendSummary => ({ repeats, meanSpend });
  const answers: readonly (readonly [string, readonly SpendSummary[], readonly string[]])[] = [
    ['one customer', [unit(1, 10)], ['few-repeats', 'spread-not-identified']],
    ['identical customers', many(200, () => unit(2, 7)), ['spread-not-identified']],
    [
      'amounts over five orders of magnitude',
      many(200, (i) => unit(1 + (i % 5), 1.06 ** i)),
      ['spread-not-identified'],
    ],
    [
      'frequent customers who spend more',
      many(200, (i) => unit(1 + (i % 9), 20 + (i % 9) * 9 + (i % 7))),
      ['spread-not-identified', 'frequency-value-correlated'],
    ],
  ];

  it.each(answers)('%s: a finite answer that says what it rests on', (_, customers, flags) => {
    const { model, flags: told } = fitSpend(customers);
    expect(told).toEqual(flags);
    const values = [...Object.values(model ?? { none: Number.NaN }), model && expectedSpend(model, customers[0])];
    for (const value of values) expect(value).toSatisfy((x: number) => Number.isFinite(x) && x > 0);
  });

  it('has no model where nobody came back with money', () => {
    expect(fitSpend([])).toEqual({ logLikelihood: 0, method: 'none', flags: ['no-repeats'] });
    expect(fitSpend([unit(0, 0), unit(2, 0), unit(1, -4)]).model).toBeUndefined();
  });
});
