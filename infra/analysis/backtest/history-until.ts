import { type EpochMs, parseInstant } from '../../../shared/domain/time.ts';
import type { OrderFileHistory } from '../../local/orders/history.ts';
import { parsePlacedAt } from '../../local/orders/time-text.ts';
import { instantOf, localTimeAt } from '../../local/orders/zone-time.ts';

/** The last instant of the day it is in the zone. */
export const endOfDay = (at: EpochMs, zone: string): EpochMs => {
  const { year, month, day } = localTimeAt(zone, at);
  return instantOf(zone, { year, month, day: day + 1, hour: 0, minute: 0, second: 0 }) - 1;
};

/** Reads `--as-of`: an instant with its offset, or a day, which means its end in the zone. */
export const asOfInstant = (text: string, zone: string): EpochMs | undefined => {
  const noon = /^\d{4}-\d{2}-\d{2}$/.test(text) ? parsePlacedAt(text, zone, undefined) : undefined;
  return noon === undefined ? parseInstant(text) : endOfDay(noon, zone);
};

/** When the first order of a file came, and the last thing that happened in it. */
export const spanOf = ({
  orders,
  refunds,
  corrections,
}: OrderFileHistory): Readonly<{ from: EpochMs; to: EpochMs }> => {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { placedAt } of orders) [from, to] = [Math.min(from, placedAt), Math.max(to, placedAt)];
  for (const { at } of refunds) to = Math.max(to, at);
  for (const { at } of corrections) to = Math.max(to, at);
  return { from, to };
};

/** What had happened by an instant, that instant included. */
export const historyUntil = (history: OrderFileHistory, asOf: EpochMs): OrderFileHistory => ({
  ...history,
  orders: history.orders.filter(({ placedAt }) => placedAt <= asOf),
  refunds: history.refunds.filter(({ at }) => at <= asOf),
  corrections: history.corrections.filter(({ at }) => at <= asOf),
});
