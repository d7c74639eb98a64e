import type { Order, Refund } from '../../../../shared/domain/orders/order.ts';
import { isClosed } from '../../../../shared/domain/sends/send.ts';
import type { Finished } from '../run-scenario.ts';
import { rootsOf } from './family.ts';
import { rootsIn, sendsIn } from './rows.ts';
import { groupsIn } from './truth.ts';

/** What each order brought in, added up by hand: the simulated orders have neither tax nor shipping, and one currency. */
export const addsUp = (run: Finished): readonly string[] =>
  groupsIn(run)
    .filter(({ isErased }) => !isErased)
    .flatMap((group) => {
      const expected = group.orders.reduce((sum, one) => sum + broughtIn(one, run.scenario.store.pendingCounts), 0);
      const [root] = rootsOf(run.table, group);
      const found = root?.history.revenueMinor ?? 0;
      return found === expected ? [] : [`revenue of ${root?.customerId} is ${found}, the orders say ${expected}`];
    });

const paying = new Set(['paid', 'partially_refunded']);

const broughtIn = (
  { order, refunds }: Readonly<{ order: Order; refunds: readonly Refund[] }>,
  pendingCounts: boolean,
): number => {
  if (!paying.has(order.status) && !(pendingCounts && order.status === 'pending')) return 0;
  const told = refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return order.totalMinor - Math.min(order.totalMinor, Math.max(order.refundedMinor, told));
};

/** The population of each stage, and the ends of each campaign's mails, as counted and as they stand. */
export const countersAddUp = ({ table }: Finished): readonly string[] => {
  const counted = new Map<string, number>();
  const stand = new Map<string, number>();
  const add = (to: Map<string, number>, name: string, by: number) => to.set(name, (to.get(name) ?? 0) + by);
  for (const row of table.rows()) {
    if (row.entity !== 'COUNT') continue;
    const what = row.key.pk.split('#')[3] ?? '';
    if (what !== 'stage' && (!what.startsWith('send:') || what === 'send:elsewhere')) continue;
    for (const [name, n] of Object.entries(row.value)) add(counted, `${what} ${name}`, n);
  }
  // Erased before anything was known of them, they never stood anywhere.
  for (const { stage, erasedAt } of rootsIn(table).filter(({ visit }) => visit > 0))
    add(stand, `stage ${erasedAt === undefined ? stage : 'erased'}`, 1);
  for (const send of sendsIn(table).filter(isClosed)) {
    const { state } = send;
    add(stand, `send:${send.campaign} ${'reason' in state ? `${state.status}:${state.reason}` : state.status}`, 1);
  }
  const names = new Set([...counted.keys(), ...stand.keys()].filter((name) => name !== 'stage merged'));
  return [...names].flatMap((name) => {
    const [n, is] = [counted.get(name) ?? 0, stand.get(name) ?? 0];
    return n === is ? [] : [`the counter of ${name} says ${n}, there are ${is}`];
  });
};
