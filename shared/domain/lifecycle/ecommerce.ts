import type { Condition, Leaf, Op } from '../conditions/condition.ts';
import type { Lifecycle } from './lifecycle.ts';

const is = (fact: string, op: Op, value: NonNullable<Leaf['value']>): Leaf => ({ fact, op, value });
const silentFor = (share: number): Leaf => is('silence', 'gt', share);
const all = (...parts: readonly Condition[]): Condition => ({ all: parts });

/** The default lifecycle. Read from the top: the first line that fits is the customer's stage; only an order moves a customer up. */
export const ecommerce: Lifecycle = {
  name: 'ecommerce',
  version: 1,
  stages: [
    { id: 'lead', when: is('orders.placed', 'eq', 0) },
    { id: 'lost', when: all(silentFor(0.98), is('silence.days', 'gt', 120)) },
    { id: 'one_time', when: all(is('orders', 'lte', 1), silentFor(0.75)) },
    { id: 'lapsed', when: silentFor(0.9) },
    { id: 'at_risk', when: silentFor(0.75) },
    { id: 'won_back', when: is('lastOrder.endedSilence', 'gt', 0.9) },
    { id: 'loyal', when: all(is('orders', 'gte', 3), is('orders.last12Months', 'in', { top: 0.25, of: 'repeat' })) },
    { id: 'active', when: is('orders', 'gte', 2) },
    { id: 'new' },
  ],
};
