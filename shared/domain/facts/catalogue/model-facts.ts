import { expectedPurchases } from '../../fit/purchases/expected-purchases.ts';
import { lifetimeValue } from '../../fit/purchases/lifetime-value.ts';
import { pAlive } from '../../fit/purchases/p-alive.ts';
import type { PurchaseModel, PurchaseSummary } from '../../fit/purchases/purchase-model.ts';
import { weeksBetween } from '../../fit/purchases/purchase-summary.ts';
import type { SpendSummary } from '../../fit/purchases/spend-model.ts';
import { returnChanceOf } from '../../fit/return-chance/return-chance-of.ts';
import { returnFeaturesOf } from '../../fit/return-chance/return-features.ts';
import { type RfmScores, rfmScores } from '../../fit/standing/rfm.ts';
import { days, type EpochMs } from '../../time.ts';
import { constant, type Fact, type Facts, type FactType } from '../fact.ts';
import type { Subject } from '../subject.ts';

/** The last instant at which a whole day of silence was full: model facts change at those only, so that a flip can be found. */
export const wholeDayOf = (lastAt: EpochMs, at: EpochMs): EpochMs =>
  lastAt + days(Math.max(0, Math.floor((at - lastAt) / days(1))));

const falling = (
  type: FactType,
  about: string,
  valueOn: (subject: Subject, lastAt: EpochMs, day: EpochMs) => number | undefined,
): Fact => ({
  type,
  about,
  moves: 'falls',
  anchor: ({ history }) => history.lastAt,
  value: (subject, at) => {
    const { lastAt } = subject.history;
    return lastAt === undefined ? undefined : valueOn(subject, lastAt, wholeDayOf(lastAt, at));
  },
});

/** The customer as BG/NBD sees them on a day. */
export const purchasesOf = (
  { history: { orders, firstAt = 0, lastAt = 0 } }: Subject,
  day: EpochMs,
): PurchaseSummary => ({
  repeats: Math.max(0, orders - 1),
  lastWeek: weeksBetween(firstAt, lastAt),
  ageWeeks: weeksBetween(firstAt, day),
});

/** What repeat orders brought; absent without any that brought money. */
export const spendOf = ({ history, minorPerMajor }: Subject): SpendSummary | undefined => {
  const repeats = history.orders - 1;
  const minor = history.revenueMinor - history.firstRevenueMinor;
  return repeats < 1 || minor <= 0 ? undefined : { repeats, meanSpend: minor / repeats / minorPerMajor };
};

const bought = ({ fit, history }: Subject, value: (model: PurchaseModel) => number): number | undefined =>
  fit.purchases === undefined || history.orders === 0 ? undefined : value(fit.purchases);

const scoresOf = ({ fit, history }: Subject, at: EpochMs): RfmScores | undefined =>
  fit.rfm === undefined || history.lastAt === undefined
    ? undefined
    : rfmScores(fit.rfm, {
        silenceDays: Math.max(0, at - history.lastAt) / days(1),
        orders: history.orders,
        revenueMinor: history.revenueMinor,
      });

/** Around each bound, because days are compared after a division. */
const nextRecencyStep = ({ fit, history }: Subject, after: EpochMs): EpochMs => {
  const { lastAt } = history;
  if (lastAt === undefined || fit.rfm === undefined) return Number.POSITIVE_INFINITY;
  const steps = fit.rfm.recencyDays.flatMap((bound) => {
    const at = lastAt + Math.floor(days(bound));
    return [at, at + 1, at + 2];
  });
  return Math.min(...steps.filter((step) => step > after));
};

/** What the store's fit expects of a customer; absent until the store has a fit. */
export const modelFacts: Facts = {
  pAlive: falling(
    'share',
    'chance that they are still a customer (BG/NBD); absent with fewer than two orders',
    (s, _lastAt, day) => (s.history.orders < 2 ? undefined : bought(s, (model) => pAlive(model, purchasesOf(s, day)))),
  ),
  expectedOrders: falling('number', "orders expected within the store's horizon (BG/NBD)", (s, _lastAt, day) =>
    bought(s, (model) => expectedPurchases(model, purchasesOf(s, day), (s.fit.horizonDays ?? 90) / 7)),
  ),
  clv: falling('money', 'revenue expected within twelve months, discounted', (s, _lastAt, day) => {
    const { spend } = s.fit;
    if (spend === undefined) return undefined;
    return bought(s, (model) => lifetimeValue(model, spend, { purchases: purchasesOf(s, day), spend: spendOf(s) }));
  }),
  returnChance: falling('share', "chance of another order within the store's horizon", (s, lastAt, day) => {
    const { fit, history } = s;
    if (fit.returnChance?.says !== 'probability') return undefined;
    const { horizonDays } = fit.returnChance;
    const past = { orders: history.orders, firstAt: history.firstAt ?? lastAt, lastAt };
    return returnChanceOf(
      fit.returnChance,
      returnFeaturesOf(past, day, { horizonDays, cycle: fit.cycle, purchases: fit.purchases }),
    );
  }),
  'rfm.recency': {
    type: 'score',
    about: "1 to 5 against the store's quintiles, 5 is best",
    moves: 'steps-down',
    value: (s, at) => scoresOf(s, at)?.recency,
    nextStep: nextRecencyStep,
  },
  'rfm.frequency': constant('score', '1 to 5 by orders', (s) => scoresOf(s, 0)?.frequency),
  'rfm.monetary': constant('score', '1 to 5 by revenue', (s) => scoresOf(s, 0)?.monetary),
};
