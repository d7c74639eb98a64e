import { days, type EpochMs } from '../../time.ts';
import { constant, type Facts } from '../fact.ts';
import type { Subject } from '../subject.ts';

const yearMs = days(365);
/** Occasions begun after an instant; the latest is kept apart from those before it. */
const begunAfter = ({ history: { recent, lastAt } }: Subject, since: EpochMs): number => {
  let begun = lastAt !== undefined && lastAt > since ? 1 : 0;
  for (const start of recent) if (start > since) begun++;
  return begun;
};
const firstAfter = ({ history: { recent, lastAt } }: Subject, since: EpochMs): EpochMs => {
  for (const start of recent) if (start > since) return start;
  return lastAt !== undefined && lastAt > since ? lastAt : Number.POSITIVE_INFINITY;
};
const money = (minor: number, { minorPerMajor }: Subject): number => minor / minorPerMajor;

/** What was ordered, and when. */
export const orderFacts: Facts = {
  orders: constant('count', 'occasions that count: orders within 24 hours are one', ({ history }) => history.orders),
  'orders.placed': constant('count', 'orders ever placed, whatever became of them', ({ history }) => history.placed),
  'orders.last12Months': {
    type: 'count',
    about: 'occasions in the last 12 months',
    moves: 'steps-down',
    value: (s, at) => begunAfter(s, at - yearMs),
    nextStep: (s, after) => firstAfter(s, after - yearMs) + yearMs,
  },
  revenue: constant('money', 'net of refunds, tax and shipping', (s) => money(s.history.revenueMinor, s)),
  averageOrder: constant('money', 'revenue by counted order', (s) =>
    s.history.counted === 0 ? undefined : money(s.history.revenueMinor / s.history.counted, s),
  ),
  refundShare: constant('share', 'money given back, of all that was ordered', ({ history }) =>
    history.grossMinor === 0 ? undefined : history.refundedMinor / history.grossMinor,
  ),
  'firstOrder.at': constant('instant', 'when the first order was placed', ({ history }) => history.firstAt),
  'lastOrder.at': constant('instant', 'when the last order was placed', ({ history }) => history.lastAt),
  'tenure.days': {
    type: 'days',
    about: 'days since the first order',
    moves: 'age',
    anchor: ({ history }) => history.firstAt,
    unitMs: () => days(1),
    value: ({ history }, at) =>
      history.firstAt === undefined ? undefined : Math.max(0, at - history.firstAt) / days(1),
  },
  'products.skus': constant('list', 'articles bought, the latest 40', ({ history }) => history.products?.skus),
  'products.categories': constant(
    'list',
    'categories bought, the latest 12',
    ({ history }) => history.products?.categories,
  ),
  'products.categoryCount': constant('count', 'how many categories were bought', ({ history }) =>
    history.orders === 0 ? undefined : (history.products?.categories.length ?? 0),
  ),
};
