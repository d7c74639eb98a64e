import { customerPk, customerSk } from '../../../../shared/adapters/dynamodb/keys.ts';
import { rowOfOrder } from '../../../../shared/domain/orders/row-of-order.ts';
import type { Finished } from '../run-scenario.ts';
import { rootsOf } from './family.ts';
import { groupsIn } from './truth.ts';

export const quiescence = ({ isAtRest, system, table, now }: Finished): readonly string[] => {
  if (isAtRest) return [];
  const due = [...table.due()].filter((row) => row.due?.kind !== 'customer' || row.due.at <= now);
  return [`${system.open()} in work, ${system.parked()} given up, ${due.length} due: ${due[0]?.key.sk ?? ''}`];
};

/** The row of every order and refund is with its customer, in its latest version. */
export const everythingApplied = (run: Finished): readonly string[] =>
  groupsIn(run)
    .filter(({ isErased }) => !isErased)
    .flatMap((group) => {
      const family = rootsOf(run.table, group).flatMap(({ customerId, aliases = [] }) => [customerId, ...aliases]);
      return group.orders.flatMap(({ order, refunds }) => {
        const { key, version } = rowOfOrder(order, refunds, run.scenario.store.currency);
        const rows = family.flatMap(
          (id) => run.table.get('ORDER_ROW', { pk: customerPk('demo', id), sk: customerSk.orderRow(key) }) ?? [],
        );
        return rows.some((row) => row.version === version) ? [] : [`order ${key} was accepted and not applied`];
      });
    });

/** What cannot be read ends where an operator finds it, and takes nothing else along. */
export const poisonIsolated = ({ system }: Finished): readonly string[] => system.poison.astray();
