import type { OrderRow } from './order-row.ts';

/** What the store decides about counting. */
export type CountingPolicy = Readonly<{ pendingCounts: boolean; excludedChannels: readonly string[] }>;

const countableStatuses = new Set(['authorized', 'paid', 'partially_paid', 'partially_refunded']);
const countableKinds = new Set(['one_time', 'subscription_first']);

const neverPlaced = new Set(['draft', 'pending', 'failed', 'expired']);

/** No draft and no test: something a customer did. */
export const isReal = (row: OrderRow): boolean => row.status !== 'draft' && row.channel !== 'draft' && !row.test;

/**
 * The order was placed: paid, authorized or cash on delivery where the store counts that. What became of it later does not matter.
 * A checkout still waiting for its payment is none yet, so that its customer enters `new` by the payment.
 */
export const wasPlaced = (row: OrderRow, policy: CountingPolicy): boolean =>
  isReal(row) && (!neverPlaced.has(row.status) || (policy.pendingCounts && row.status === 'pending'));

/** Money left after refunds; an order in another currency has an unknown, positive amount. */
const keepsMoney = (row: OrderRow): boolean => row.totalMinor === undefined || row.totalMinor - refundedOf(row) > 0;

/** Refunds, never more than the total. */
export const refundedOf = (row: OrderRow): number => Math.min(row.refundedMinor, row.totalMinor ?? row.refundedMinor);

/** Whether an order counts in all but its kind. */
const isKept = (row: OrderRow, { excludedChannels }: CountingPolicy, pendingCounts: boolean): boolean =>
  isReal(row) &&
  (countableStatuses.has(row.status) || (pendingCounts && row.status === 'pending')) &&
  !excludedChannels.includes(row.channel) &&
  keepsMoney(row);

/** Says whether an order is an occasion in the customer's life. */
export const counts = (row: OrderRow, policy: CountingPolicy): boolean =>
  countableKinds.has(row.kind) && isKept(row, policy, policy.pendingCounts);

/** A counted or pending order: what ends an enrolment. */
export const isAlive = (row: OrderRow, policy: CountingPolicy): boolean =>
  countableKinds.has(row.kind) && isKept(row, policy, true);

/** Renewals bring money without being an occasion. */
export const bringsMoney = (row: OrderRow, policy: CountingPolicy): boolean =>
  (countableKinds.has(row.kind) || row.kind === 'subscription_renewal') && isKept(row, policy, policy.pendingCounts);

/** Net of refunds and, where given, of tax and shipping in proportion; minor units. 0 for unconverted orders. */
export const netMinor = (row: OrderRow): number => {
  const total = row.totalMinor ?? 0;
  if (total <= 0) return 0;
  return Math.round(((total - refundedOf(row)) * Math.max(0, total - row.besidesMinor)) / total);
};
