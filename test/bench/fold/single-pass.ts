import type { OrderRow } from '../../../shared/domain/orders/order-row.ts';
import { days, type EpochMs } from '../../../shared/domain/time.ts';

/** What is left of a history when rows are already in order, each order once, all of them paid: the least a fold can do. */
export type Least = { orders: number; counted: number; revenueMinor: number; firstAt: EpochMs; lastAt: EpochMs };

/** The limit: one loop over rows sorted by time, without duplicates, versions, refunds, policy or what was bought. */
export const singlePass = (rows: readonly OrderRow[]): Least => {
  const least: Least = { orders: 0, counted: 0, revenueMinor: 0, firstAt: 0, lastAt: Number.NEGATIVE_INFINITY };
  for (const { placedAt, totalMinor = 0, refundedMinor, besidesMinor } of rows) {
    least.counted += 1;
    least.revenueMinor += totalMinor - refundedMinor - besidesMinor;
    if (placedAt - least.lastAt < days(1)) continue;
    if (least.orders === 0) least.firstAt = placedAt;
    least.orders += 1;
    least.lastAt = placedAt;
  }
  return least;
};
