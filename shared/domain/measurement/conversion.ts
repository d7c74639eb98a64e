import type { Enrolment } from '../campaigns/enrolment.ts';
import { type CountingPolicy, counts } from '../orders/counting.ts';
import type { OrderRow } from '../orders/order-row.ts';

/**
 * Marks an enrolment's conversion: the first countable order placed after it began and within its goal window, by event time.
 *
 * @returns `undefined` when there is nothing to write: no such order, or the same conversion is marked already.
 */
export const converted = (
  enrolment: Enrolment,
  rows: readonly OrderRow[],
  policy: CountingPolicy,
): Enrolment | undefined => {
  if (enrolment.convertedAt !== undefined) return undefined;
  const orders = rows.filter(
    (row) =>
      row.key !== enrolment.startedBy &&
      row.placedAt > enrolment.enrolledAt &&
      row.placedAt <= enrolment.goalUntil &&
      counts(row, policy),
  );
  if (orders.length === 0) return undefined;
  return {
    ...enrolment,
    status: 'ended',
    endedBy: 'goal-reached',
    convertedAt: Math.min(...orders.map(({ placedAt }) => placedAt)),
  };
};
