import { randomFor } from '../../../infra/local/shop/random.ts';
import { foldOrders } from '../../../shared/domain/facts/fold-orders.ts';
import type { Subject } from '../../../shared/domain/facts/subject.ts';
import type { CustomerSeries } from '../../../shared/domain/fit/customer-series.ts';
import { type Fit, priorFit } from '../../../shared/domain/fit/fit.ts';
import { fitStore } from '../../../shared/domain/fit/fit-store.ts';
import { days, type EpochMs } from '../../../shared/domain/time.ts';
import { aRow, policy } from '../../support/customers.ts';
import { knownAt, shopKinds, simulatedDay, simulateStore } from '../../support/simulated-store.ts';

/** A customer and the instant of the decision. */
export type Decision = Readonly<{ subject: Subject; now: EpochMs }>;

const asOf = simulatedDay(730);

const ordinary = shopKinds['ordinary'];
if (ordinary === undefined) throw new Error("cannot simulate: 'ordinary' must be a kind of shop");
/** Two years of an ordinary shop. */
const shop: readonly CustomerSeries[] = simulateStore({ ...ordinary, seed: 'bench', customers: 4_000, days: 730 });

/** The prior every store begins with, and the fit of this one. */
export const fits: Readonly<Record<'prior' | 'fitted', Fit>> = {
  prior: priorFit('normal'),
  fitted: fitStore({
    series: knownAt(shop, asOf),
    asOf,
    prior: priorFit('normal'),
    horizonDays: 90,
    minorPerMajor: 100,
    version: 1,
  }).fit,
};

/** Every customer of the shop at an instant within these two years or the one after, and some who never ordered. */
export const decisionsUnder = (fit: Fit): readonly Decision[] => {
  const random = randomFor('bench', 'decisions');
  const lives: readonly CustomerSeries[] = [...shop, ...Array.from({ length: 100 }, () => [])];
  return lives.map((series) => {
    const now = simulatedDay(0) + Math.floor(random() * days(1_095));
    const rows = series
      .filter(({ at }) => at <= now)
      .map(({ at, netMinor }, n) => aRow({ key: `standard:${n}`, placedAt: at, totalMinor: netMinor }));
    return { now, subject: { history: foldOrders(rows, policy, now), profile: {}, fit, minorPerMajor: 100 } };
  });
};
