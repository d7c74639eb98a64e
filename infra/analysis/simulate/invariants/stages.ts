import { adoptionKey, fitKey, lifecycleKey, rebaseKey, storeKey } from '../../../../shared/adapters/dynamodb/keys.ts';
import type { Customer, DecidedUnder } from '../../../../shared/domain/customers/customer.ts';
import { firstAdoption, isOlder } from '../../../../shared/domain/definitions/adoption.ts';
import { needsRebase } from '../../../../shared/domain/definitions/adopts.ts';
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

const faultOf = (run: Finished, group: Group): readonly string[] => {
  const { table, scenario, now } = run;
  const { store } = scenario;
  const settings = table.get('STORE', storeKey(store.id)) ?? store;
  const roots = rootsOf(table, group);
  const [root] = roots;
  if (roots.length > 1) return [`one person is ${roots.length} customers`];
  if (root === undefined) return group.orders.length === 0 ? [] : ['a person with orders is no customer'];
  const rows = group.orders.map(({ order, refunds }) => rowOfOrder(order, refunds, store.currency));
  const history = foldOrders(rows, countingPolicy(store), now);
  const under = definitionsOf(run, root.decidedUnder);
  if (under === undefined) return [`${root.customerId} was decided under versions that are not there`];
  const behind = looksBehind(run, root);
  if (behind !== undefined) return [behind];
  const subject = subjectOf({ ...root, history }, settings, under.fit);
  const expected = stageOf(under.lifecycle, subject, now);
  return root.stage === expected ? [] : [`${root.customerId} stands in ${root.stage}, the orders say ${expected}`];
};

/** The versions as they were saved, read past every cache. */
const definitionsOf = ({ table, scenario: { store } }: Finished, { lifecycle, fit }: DecidedUnder) => {
  const saved = {
    lifecycle: lifecycle === 1 ? ecommerce : table.get('LIFECYCLE', lifecycleKey(store.id, lifecycle))?.lifecycle,
    fit: table.get('FIT', fitKey(store.id, fit))?.fit ?? (fit === 0 ? priorFit(store.rhythm) : undefined),
  };
  return saved.lifecycle && saved.fit && { lifecycle: saved.lifecycle, fit: saved.fit };
};

/** Everybody is looked at again for another lifecycle, and for thresholds that moved far since they last were. */
const looksBehind = (run: Finished, { customerId, decidedUnder }: Customer): string | undefined => {
  const {
    table,
    scenario: { store },
  } = run;
  const adoption = table.get('ADOPTION', adoptionKey(store.id)) ?? firstAdoption;
  const rebased = table.get('REBASE', rebaseKey(store.id)) ?? { lifecycle: 1, fit: 0 };
  const [was, is] = [definitionsOf(run, rebased), definitionsOf(run, adoption)];
  const isOwed = was !== undefined && is !== undefined && needsRebase(was.fit, is.fit);
  const due = { lifecycle: adoption.lifecycle, fit: isOwed ? adoption.fit : rebased.fit };
  return isOlder(decidedUnder, due)
    ? `${customerId} was decided under lifecycle ${decidedUnder.lifecycle}, fit ${decidedUnder.fit}, and not under ${due.lifecycle}, ${due.fit}`
    : undefined;
};
