import { describe, expect, it } from 'vitest';
import { digamma, logGamma } from '../../../../shared/domain/fit/numeric/log-gamma.ts';
import { maximise } from '../../../../shared/domain/fit/numeric/maximise.ts';

describe('log-gamma and digamma', () => {
  it('know the values that have closed forms', () => {
    const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
    for (const n of [1, 2, 3, 7, 12, 13, 20]) expect(logGamma(n)).toBeCloseTo(Math.log(factorial(n - 1)), 11);
    expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 13);
    expect(digamma(1)).toBeCloseTo(-0.577_215_664_901_532_9, 13);
    expect(digamma(0.5)).toBeCloseTo(-0.577_215_664_901_532_9 - 2 * Math.LN2, 12);
  });

  it('climb by one as gamma does: gamma(x + 1) = x gamma(x)', () => {
    for (const x of [1e-6, 0.03, 0.7, 5.5, 11.99, 12, 40, 1e4, 1e7]) {
      const error = Math.abs(logGamma(x + 1) - logGamma(x) - Math.log(x));
      expect(error).toBeLessThan(1e-13 * Math.max(1, Math.abs(logGamma(x))));
      expect(Math.abs(digamma(x + 1) - digamma(x) - 1 / x)).toBeLessThan(1e-12 * Math.max(1, 1 / x));
    }
  });
});

describe('the maximiser', () => {
  it('finds the top of a narrow curved ridge (Rosenbrock, upside down)', () => {
    const { point } = maximise(
      ([x = 0, y = 0]) => ({
        value: -((1 - x) ** 2) - 100 * (y - x * x) ** 2,
        gradient: [2 * (1 - x) + 400 * x * (y - x * x), -200 * (y - x * x)],
      }),
      [-1.2, 1],
    );
    expect(point[0]).toBeCloseTo(1, 4);
    expect(point[1]).toBeCloseTo(1, 4);
  });

  it('stays inside bounds told by -Infinity, and stops where nothing rises', () => {
    const slope = maximise(([x = 0]) => ({ value: x > 3 ? Number.NEGATIVE_INFINITY : x, gradient: [1] }), [0]);
    expect(slope.point[0]).toBeLessThanOrEqual(3);
    expect(slope.point[0]).toBeGreaterThan(2.9);
    expect(maximise(() => ({ value: 1, gradient: [0, 0] }), [4, 5])).toEqual({
      point: [4, 5],
      value: 1,
      iterations: 0,
    });
  });

  it('does not follow what has run away for next to nothing, and follows what is only on its way there', () => {
    // Rises for ever, ever more slowly, along x; y has a top of its own.
    let asked = 0;
    const rising = ([x = 0, y = 0]: readonly number[]) => {
      asked += 1;
      if (x > 12) return { value: Number.NEGATIVE_INFINITY, gradient: [0, 0] };
      return {
        value: -Math.exp(-x) - (y - x / 12) ** 2,
        gradient: [Math.exp(-x) + (y - x / 12) / 6, -2 * (y - x / 12)],
      };
    };
    const followed = maximise(rising, [0, 3]);
    const askedInAll = asked;
    asked = 0;
    const ended = maximise(rising, [0, 3], ([x = 0]) => x > 7);
    expect(ended.point[0]).toBeGreaterThan(7);
    expect(asked).toBeLessThan(askedInAll);
    expect(followed.value - ended.value).toBeLessThan(1e-4);
    expect(maximise(rising, [0, 3], ([x = 0]) => x < 1)).toEqual(followed);
  });

  it('gives up on a place without a slope instead of wandering off', () => {
    expect(maximise(() => ({ value: Number.NaN, gradient: [Number.NaN] }), [1]).point).toEqual([1]);
  });
});
