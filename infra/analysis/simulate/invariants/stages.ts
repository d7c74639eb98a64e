import { foldOrders } from '../../../../shared/domain/facts/fold-orders.ts';
import { subjectOf } from '../../../../shared/domain/facts/subject.ts';
import { priorFit } from '../../../../shared/domain/fit/fit.ts';
import { ecommerce } from '../../../../shared/domain/lifecycle/ecommerce.ts';
import { stageOf } from '../../../../shared/domain/lifecycle/stage-of.ts';
import { rowOfOrder } from '../../../../shared/domain/orders/row-of-order.ts';
import { countingPolicy } from '../../../../shared/domain/store.ts';
import type { Finished } from '../run-scenario.ts';
import { rootsOf } from './family.ts';
import { type Group, groupsIn } from './truth.ts';

/** Everybody is one customer, and stands where their orders put them. */
export const stages = (run: Finished): readonly string[] =>
  groupsIn(run)
    .filter(({ isErased }) => !isErased)
    .flatMap((group) => faultOf(run, group));

const faultOf = ({ table, scenario: { store }, now }: Finished, group: Group): readonly string[] => {
  const roots = rootsOf(table, group);
  const [root] = roots;
  if (roots.length > 1) return [`one person is ${roots.length} customers`];
  if (root === undefined) return group.orders.length === 0 ? [] : ['a person with orders is no customer'];
  const rows = group.orders.map(({ order, refunds }) => rowOfOrder(order, refunds, store.currency));
  const history = foldOrders(rows, countingPolicy(store), now);
  const subject = subjectOf({ ...root, history }, store, priorFit(store.rhythm));
  const expected = stageOf(ecommerce, subject, now);
  return root.stage === expected ? [] : [`${root.customerId} stands in ${root.stage}, the orders say ${expected}`];
};
