import { days, type EpochMs } from '../time.ts';

/** How far a sender's clock may run ahead. */
export const aheadMs = days(1);

/** Before this no shop on the web took orders: 1970 is a zero that lost its meaning on the way. */
const firstPlausibleAt: EpochMs = Date.UTC(1990, 0, 1);

export type ImplausibleTime = 'future-updated-at' | 'implausible-placed-at';

/**
 * Says which time of an order cannot be right; such an order would win every comparison of versions, or date a customer's history wrongly.
 *
 * @returns `undefined` when both are plausible.
 */
export const implausibleTime = (
  order: Readonly<{ placedAt: EpochMs; updatedAt: EpochMs }>,
  now: EpochMs,
): ImplausibleTime | undefined => {
  if (order.updatedAt > now + aheadMs) return 'future-updated-at';
  return order.placedAt < firstPlausibleAt || order.placedAt > now + aheadMs ? 'implausible-placed-at' : undefined;
};

/**
 * When an order was delivered, where that can be true: not a day before it was placed, nor further ahead than a clock may run.
 * Mails are planned by it, so a delivery of 1970 would send them at once, and one of 2099 never.
 */
export const plausibleDelivery = (
  deliveredAt: EpochMs | undefined,
  placedAt: EpochMs,
  now: EpochMs,
): EpochMs | undefined =>
  deliveredAt !== undefined && deliveredAt >= placedAt - aheadMs && deliveredAt <= now + aheadMs
    ? deliveredAt
    : undefined;
