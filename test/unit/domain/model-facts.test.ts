import { describe, expect, it } from 'vitest';
import { nextFlip } from '../../../shared/domain/conditions/evaluate.ts';
import { factsAt } from '../../../shared/domain/facts/facts-at.ts';
import { priorFit } from '../../../shared/domain/fit/fit.ts';
import { days } from '../../../shared/domain/time.ts';
import { rowsAt, start, subjectWith } from '../../support/customers.ts';

const week = days(7);
/** The published CDNOW parameters; x = 2, t_x = 30.43, T = 38.86 gives P(alive) .7266 and 1.2260 orders in 39 weeks. */
const fit = {
  ...priorFit('normal'),
  version: 1,
  horizonDays: 273,
  purchases: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 },
  spend: { p: 6.25, q: 3.74, v: 15.44 },
};
const now = start + Math.round(38.86 * week);
const twice = { ...subjectWith(rowsAt(start, start + 10 * week, start + Math.round(30.43 * week)), now), fit };

describe('facts of a fitted store', () => {
  it('are the published values of the CDNOW example', () => {
    const facts = factsAt(twice, now);
    expect(facts['pAlive']).toBeCloseTo(0.7266, 2);
    expect(facts['expectedOrders']).toBeCloseTo(1.226, 1);
  });

  it('say nothing of survival after one order, and nothing at all before there is a fit', () => {
    const once = { ...subjectWith(rowsAt(start), now), fit };
    expect(factsAt(once, now)['pAlive']).toBeUndefined();
    expect(factsAt(once, now)['expectedOrders']).toBeGreaterThan(0);
    expect(factsAt({ ...twice, fit: priorFit('normal') }, now)['clv']).toBeUndefined();
  });

  it('fall day by day, and a condition on them flips at the first whole day on which it differs', () => {
    const condition = { fact: 'pAlive', op: 'lt', value: 0.5 } as const;
    const flip = nextFlip(condition, twice, now);
    expect(flip).toBeDefined();
    const at = flip ?? now;
    expect(factsAt(twice, at)['pAlive']).toBeLessThan(0.5);
    expect(factsAt(twice, at - 1)['pAlive']).toBeGreaterThanOrEqual(0.5);
    expect((at - (twice.history.lastAt ?? 0)) % days(1)).toBe(0);
  });
});
