import { strictEqual } from 'node:assert/strict';
import { foldOrders } from '../../../shared/domain/facts/fold-orders.ts';
import type { OrderRow } from '../../../shared/domain/orders/order-row.ts';
import { days, hours } from '../../../shared/domain/time.ts';
import { aRow, policy, start } from '../../support/customers.ts';
import type { Benchmark, Row } from '../measure/benchmark.ts';
import { interleaved, type Side } from '../measure/interleave.ts';
import { speedRow } from '../measure/speed-row.ts';
import { singlePass } from './single-pass.ts';

const rowsOf = (count: number): readonly OrderRow[] =>
  Array.from({ length: count }, (_, n) =>
    aRow({ key: `standard:${n}`, placedAt: start + n * hours(57), totalMinor: 1_000 + (n % 90) * 100 }),
  );

const sideOf = (fold: (rows: readonly OrderRow[]) => Readonly<{ orders: number }>, rows: readonly OrderRow[]): Side => {
  let sum = 0;
  return (times) => {
    for (let n = 0; n < times; n++) sum = (sum + fold(rows).orders) % 1_000_003;
    if (Number.isNaN(sum)) throw new Error('unreachable');
  };
};

const compare = async (count: number): Promise<Row> => {
  const rows = rowsOf(count);
  const now = start + days(3_000);
  const ours = (of: readonly OrderRow[]) => foldOrders(of, policy, now);
  const [full, least] = [ours(rows), singlePass(rows)];
  strictEqual(least.orders, full.orders);
  strictEqual(least.revenueMinor, full.revenueMinor);
  const label = count === 1 ? '1 order' : `${count} orders`;
  return speedRow(`fold/single pass, ${label}`, await interleaved(sideOf(ours, rows), sideOf(singlePass, rows)), {
    each: 'a customer',
    scale: 'us',
  });
};

/** Orders to facts: as a set, in whatever order and however often they came. */
export const fold: Benchmark = {
  name: 'fold',
  about: "a customer's orders folded as a set, against one loop over rows that need no care",
  run: async () => {
    const rows: Row[] = [];
    for (const count of [1, 5, 50, 1_000]) rows.push(await compare(count));
    return rows;
  },
};
