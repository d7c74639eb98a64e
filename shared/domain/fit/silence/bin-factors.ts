import type { GapTable } from './gap-table.ts';
import { baseHazard, binDays, type SilenceCurve } from './silence-curve.ts';

/** Expected returns the factor of the bin before is worth. */
const usualWeight = 30;

type Passed = Readonly<{ returned: readonly number[]; expected: readonly number[] }>;

/** Per bin: who returned in it, and how many should have, were the base true: the hazard all customers passed through. */
const passedThrough = (table: GapTable, base: SilenceCurve, starts: readonly number[]): Passed => {
  const hazards = starts.map((start) => baseHazard(base, start));
  const [returned, expected, ended] = [starts.map(() => 0), starts.map(() => 0), starts.map(() => 0)];
  for (const gap of table.days) {
    const middle = Math.min(gap.day - 0.5, base.horizonDays);
    const j = starts.findLastIndex((start) => start < middle);
    const all = gap.returned + gap.open;
    returned[j] = (returned[j] ?? 0) + gap.returned;
    expected[j] = (expected[j] ?? 0) + all * (baseHazard(base, middle) - (hazards[j] ?? 0));
    ended[j] = (ended[j] ?? 0) + all;
  }
  let beyond = 0;
  for (let j = starts.length - 2; j >= 0; j -= 1) {
    beyond += ended[j + 1] ?? 0;
    expected[j] = (expected[j] ?? 0) + beyond * ((hazards[j + 1] ?? 0) - (hazards[j] ?? 0));
  }
  return { returned, expected };
};

/**
 * The factors that turn a base's hazard into a band's own: m_j = (returned_j + weight m_(j-1)) / (expected_j + weight), with
 * expected_j the base's hazard passed through in bin j by all customers, and m of before the first bin 1.
 *
 * A bin nobody has reached keeps the factor before it. It is a gamma posterior per bin (Gelman et al., "Bayesian Data
 * Analysis", 3rd ed., section 2.6), each centred on the last: the factors are smooth where returns are few.
 *
 * @param trust What share of a bin's own evidence counts, 0..1; the rest is as the base expects.
 */
export const binFactors = (
  table: GapTable,
  base: SilenceCurve,
  trust: number,
  weight = usualWeight,
): readonly number[] => {
  const { returned, expected } = passedThrough(table, base, binDays(base.horizonDays));
  let before = 1;
  return returned.map((seen, j) => {
    const due = expected[j] ?? 0;
    before = (trust * seen + (1 - trust) * due + weight * before) / (due + weight);
    return before;
  });
};
