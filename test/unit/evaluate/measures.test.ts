import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aucOf } from '../../../infra/analysis/evaluate/measures/auc.ts';
import { brierOf, eceOf, tenthsOf } from '../../../infra/analysis/evaluate/measures/calibration.ts';

const judged = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.boolean()), { maxLength: 60 });

describe('AUC', () => {
  it('is the share of pairs in the right order, ties counting half', () => {
    fc.assert(
      fc.property(judged, (people) => {
        const pairs = people.flatMap(([a, came]) =>
          came ? people.flatMap(([b, stayed]) => (stayed ? [] : [a > b ? 1 : a === b ? 0.5 : 0])) : [],
        );
        const auc = aucOf(
          people.map(([score]) => score),
          people.map(([, came]) => came),
        );
        if (pairs.length === 0) expect(auc).toBeUndefined();
        else expect(auc).toBeCloseTo(pairs.reduce((sum: number, x) => sum + x, 0) / pairs.length, 10);
      }),
    );
  });
});

describe('calibration', () => {
  it('is perfect where chances are what happens, and as far off as they are', () => {
    const cameBack = Array.from({ length: 100 }, (_, n) => n % 4 === 0);
    const quarter = tenthsOf(Array(100).fill(0.25), cameBack);
    expect(eceOf(tenthsOf(cameBack.map(Number), cameBack))).toBe(0);
    expect(brierOf(cameBack.map(Number), cameBack)).toBe(0);
    expect(eceOf(quarter)).toBeLessThan(0.06);
    expect(eceOf(tenthsOf(Array(100).fill(0.95), cameBack))).toBeCloseTo(0.7, 6);
    expect(brierOf(Array(100).fill(0.25), cameBack)).toBeCloseTo(0.1875, 6);
  });

  it('has tenths of everybody, lowest chance first', () => {
    fc.assert(
      fc.property(judged, (people) => {
        const tenths = tenthsOf(
          people.map(([score]) => score / 10),
          people.map(([, came]) => came),
        );
        expect(tenths.reduce((sum, { customers }) => sum + customers, 0)).toBe(people.length);
        expect(tenths.map(({ told }) => told)).toEqual(tenths.map(({ told }) => told).toSorted((a, b) => a - b));
      }),
    );
  });
});
