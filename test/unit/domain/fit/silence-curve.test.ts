import { describe, expect, it } from 'vitest';
import { priorFit } from '../../../../shared/domain/fit/fit.ts';
import {
  binDays,
  cumulatedHazard,
  type SilenceCurve,
  shareBack,
  silenceDays,
  silenceOf,
} from '../../../../shared/domain/fit/silence/silence-curve.ts';
import { days } from '../../../../shared/domain/time.ts';

const thresholds = (curve: SilenceCurve): readonly number[] =>
  [0.75, 0.9, 0.98].map((share) => silenceDays(curve, share));
const prior = priorFit('normal').curves[0];

describe('the silence curve', () => {
  it.each([
    ['fast', [37, 86, 214]],
    ['normal', [94, 185, 308]],
    ['slow', [251, 492, 822]],
    ['durable', [838, 1_641, 2_739]],
  ] as const)('of a %s shop without history says 75, 90 and 98 %% after %s days', (rhythm, wanted) => {
    expect(thresholds(priorFit(rhythm).curves[0])).toEqual(wanted);
  });

  it('scales the hazard of its base bin by bin, and only there', () => {
    const hazard = binDays(365).map((start) => (start === 30 ? 2 : 1));
    const curve = { ...prior, hazard };
    const inside = cumulatedHazard(prior, 40) - cumulatedHazard(prior, 30);
    expect(cumulatedHazard(curve, 30)).toBeCloseTo(cumulatedHazard(prior, 30), 12);
    expect(cumulatedHazard(curve, 40)).toBeCloseTo(cumulatedHazard(prior, 30) + 2 * inside, 12);
    expect(cumulatedHazard(curve, 400) - cumulatedHazard(curve, 45)).toBeCloseTo(
      cumulatedHazard(prior, 400) - cumulatedHazard(prior, 45),
      12,
    );
  });

  it('with factors of one is its base', () => {
    const curve = { ...prior, hazard: binDays(365).map(() => 1) };
    for (const d of [0, 0.5, 7, 33, 90, 364, 365, 900])
      expect(shareBack(curve, d)).toBeCloseTo(shareBack(prior, d), 12);
    expect(thresholds(curve)).toEqual(thresholds(prior));
  });

  it('is complete at its horizon and stays so', () => {
    expect(silenceOf(prior, days(365))).toBe(1);
    expect(silenceOf(prior, days(5_000))).toBe(1);
    expect(silenceOf(prior, 0)).toBe(0);
  });

  it('is above no share before a day has passed, above every share from the first instant on only at 0, and never above all', () => {
    expect(silenceDays(prior, 1e-9)).toBe(1);
    expect(silenceDays(prior, 0)).toBe(0);
    expect(silenceDays(prior, 1)).toBe(Number.POSITIVE_INFINITY);
  });
});
