import { hashOf } from '../hash.ts';
import type { Order, OrderStatus } from './order.ts';

/** Which of two states of one instant is the later one: the further along an order's life, the higher. */
const statusRank: Readonly<Record<OrderStatus, number>> = {
  draft: 0,
  pending: 1,
  failed: 2,
  authorized: 3,
  expired: 4,
  partially_paid: 5,
  paid: 6,
  partially_refunded: 7,
  refunded: 8,
  voided: 9,
  cancelled: 10,
};

const sortedKeys = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

// Nine digits in base 36 reach the year 5188, eleven hold 2^53.
const sortable = (n: number, digits: number): string => Math.max(0, n).toString(36).padStart(digits, '0');

/**
 * The version of an order as text: the later version is the greater text, and the same normalised order has the same version.
 *
 * The order is (updatedAt, status rank, refunded amount, hash of the normalised order). The hash decides nothing about time;
 * it makes two different payloads of one instant settle on the same winner in whichever order they arrive.
 *
 * @example orderVersion(order) < orderVersion({ ...order, updatedAt: order.updatedAt + 1 }); // true
 */
export const orderVersion = (order: Order): string =>
  versionMarked(order, hashOf([JSON.stringify(order, sortedKeys)], 8));

/** The version of a state of an order whose payload is known to be the only one of its instant: `mark` stands for its hash. */
export const versionMarked = (
  { updatedAt, status, refundedMinor }: Pick<Order, 'updatedAt' | 'status' | 'refundedMinor'>,
  mark: string,
): string => `${sortable(updatedAt, 9)}.${sortable(statusRank[status], 1)}${sortable(refundedMinor, 11)}.${mark}`;
