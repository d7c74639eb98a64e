import { describe, expect, it } from 'vitest';
import { peopleOf } from '../../../infra/analysis/backtest/people/people-of.ts';
import { nightlyFits } from '../../../infra/analysis/backtest/replay/nightly-fits.ts';
import type { HistoryOrder } from '../../../infra/local/orders/history.ts';
import { needsRebase } from '../../../shared/domain/definitions/adopts.ts';
import { priorFit } from '../../../shared/domain/fit/fit.ts';
import { fitStore } from '../../../shared/domain/fit/fit-store.ts';
import { isSameFit } from '../../../shared/domain/fit/is-same-fit.ts';
import { ecommerce } from '../../../shared/domain/lifecycle/ecommerce.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { shopKinds, simulatedDay, simulateStore } from '../../support/simulated-store.ts';
import { shop } from '../../support/world.ts';

const ordinary = { buying: { type: 'bg-nbd', r: 0.55, alphaDays: 40, a: 0.8, b: 2.4 } } as const;
const series = simulateStore({ ...(shopKinds['ordinary'] ?? ordinary), seed: 3, customers: 600, days: 200 });

const orders = series
  .flatMap((occasions, who) =>
    occasions.map(
      ({ at, netMinor }, n): HistoryOrder => ({
        ...{ orderId: `${who}-${n}`, customerId: `c${who}`, placedAt: at, currency: 'GBP', status: 'paid' },
        ...{ totalMinor: netMinor, refundedMinor: 0, lines: [] },
      }),
    ),
  )
  .sort((a, b) => a.placedAt - b.placedAt);

const from = orders[0]?.placedAt ?? 0;
const fitsUntil = (asOf: EpochMs, adopt: 'monthly' | 'never' = 'monthly', known = orders) =>
  nightlyFits(peopleOf({ orders: known, refunds: [] }, 'demo'), {
    ...{ store: shop, lifecycle: { ...ecommerce, adopt }, from, asOf },
  });

const anyEnd = simulatedDay(200);

describe('the fits of a replay', () => {
  it('are taken over at night, in order, and on the 1st at the latest', () => {
    const { adopted } = fitsUntil(anyEnd);
    const [first, ...later] = adopted;
    expect(first).toEqual({ at: from, fit: priorFit('normal'), rebase: false });
    expect(later.length).toBeGreaterThan(4);
    for (const [n, { at, fit, rebase }] of later.entries()) {
      const before = adopted[n] ?? first;
      expect(new Date(at).toISOString().slice(11)).toBe('03:17:00.000Z');
      expect(fit.version).toBeGreaterThan(before.fit.version);
      expect(rebase).toBe(needsRebase(before.fit, fit));
      expect(isSameFit(before.fit, fit)).toBe(false);
    }
    const firsts = later.filter(({ at }) => new Date(at).getUTCDate() === 1);
    expect(firsts.length).toBeGreaterThan(3);
  });

  it('are what the store would have made of what it knew that night', () => {
    for (const { at, fit } of fitsUntil(anyEnd).adopted.slice(1)) {
      const made = fitStore({
        ...{ series, asOf: at, prior: priorFit('normal'), horizonDays: 90, minorPerMajor: 100, version: fit.version },
      });
      expect(isSameFit(fit, made.fit)).toBe(true);
    }
  });

  it('know nothing of what comes after them', () => {
    const asOf = simulatedDay(120);
    const cut = orders.filter(({ placedAt }) => placedAt <= asOf);
    const whole = fitsUntil(anyEnd).adopted.filter(({ at }) => at <= asOf);
    expect(fitsUntil(asOf, 'monthly', cut).adopted).toEqual(whole);
  });

  it('are never taken over where the lifecycle says so', () => {
    expect(fitsUntil(anyEnd, 'never').adopted).toHaveLength(1);
  });
});
