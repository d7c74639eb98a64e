import type { StandardCustomer } from '../../../shared/domain/intake/standard/schema.ts';
import type { OrderStatus } from '../../../shared/domain/orders/order.ts';
import { type EpochMs, minutes, toIso } from '../../../shared/domain/time.ts';
import { agenda } from '../start/play/agenda.ts';
import type { Act, Script } from '../start/play/script.ts';
import { decimalsOf, majorText } from './decimal-text.ts';
import type { HistoryLine, HistoryOrder, HistoryRefund, OrderFileHistory } from './history.ts';

export type PlayOptions = Readonly<{
  /** Files hold no consent: `assumed` = granted with the first order. */
  consent: 'assumed' | 'none';
}>;

/** An address nobody can have, for customers a file gives none for. */
export const madeUpAddress = (customerId: string): string =>
  `c-${customerId.replace(/[^A-Za-z0-9._-]/g, '-')}@customers.invalid`;

type Facts = Readonly<{ firstAt: ReadonlyMap<string, EpochMs>; options: PlayOptions }>;

const customerOf = (order: HistoryOrder, { firstAt, options }: Facts): StandardCustomer | null => {
  const key = customerKeyOf(order);
  if (key === undefined) return null;
  return webhookCustomer(order, key, options.consent === 'assumed' ? (firstAt.get(key) ?? order.placedAt) : undefined);
};

/** Whose an order is, in the words of the file; absent: nobody's. */
export const customerKeyOf = ({ customerId, email }: HistoryOrder): string | undefined => customerId ?? email;

/** The customer of an order as its shop's webhook would have told. */
export const webhookCustomer = (
  { customerId, email, country }: HistoryOrder,
  key: string,
  consentAt: EpochMs | undefined,
): StandardCustomer => ({
  ...(customerId === undefined || customerId === email ? {} : { id: customerId }),
  email: email ?? madeUpAddress(key),
  ...(country === undefined ? {} : { country }),
  ...(consentAt === undefined ? {} : { consent: { email: 'granted', at: toIso(consentAt), source: 'assumed' } }),
});

/** What was given back on the spot has lowered the total; only what was bought is listed, whole pieces only. */
export const isBought = ({ sku, quantity, amountMinor }: HistoryLine): boolean =>
  sku !== undefined && quantity >= 1 && Number.isInteger(quantity) && amountMinor >= 0;

const linesOf = (order: HistoryOrder, decimals: number): readonly object[] =>
  order.lines.filter(isBought).map(({ sku, name, quantity, amountMinor }) => ({
    sku,
    ...(name === undefined ? {} : { name }),
    quantity,
    price: majorText(Math.round(amountMinor / quantity), decimals),
  }));

const act = (order: HistoryOrder, type: string, at: EpochMs, refundedMinor: number, facts: Facts): Act => {
  const decimals = decimalsOf(order.currency);
  const body = JSON.stringify({
    type,
    timestamp: toIso(at),
    data: {
      id: order.orderId,
      status: refundedMinor === 0 || type === 'order.created' ? order.status : refundedStatus(order, refundedMinor),
      currency: order.currency,
      total: majorText(order.totalMinor, decimals),
      refunded: majorText(Math.min(refundedMinor, order.totalMinor), decimals),
      placedAt: toIso(order.placedAt),
      updatedAt: toIso(at),
      customer: customerOf(order, facts),
      lines: linesOf(order, decimals),
    },
  });
  const chain = order.customerId ?? order.orderId;
  return {
    type: 'webhook',
    at,
    chain,
    delivery: { source: 'standard', topic: type, id: `msg_${order.orderId}_${at}_${refundedMinor}`, body },
  };
};

/** An order's status after refunds of its own. */
export const refundedStatus = (order: HistoryOrder, refundedMinor: number): OrderStatus =>
  refundedMinor >= order.totalMinor ? 'refunded' : 'partially_refunded';

/** Firsts by customer: the moment consent is assumed from. */
const firstOrders = (orders: readonly HistoryOrder[]): ReadonlyMap<string, EpochMs> => {
  const first = new Map<string, EpochMs>();
  for (const { customerId, email, placedAt } of orders) {
    const key = customerId ?? email;
    if (key !== undefined && !first.has(key)) first.set(key, placedAt);
  }
  return first;
};

const refundActs = (history: OrderFileHistory, facts: Facts): readonly Act[] => {
  const byId = new Map(history.orders.map((order) => [order.orderId, order]));
  const toAct = ({ orderId, at, refundedMinor }: HistoryRefund): readonly Act[] => {
    const order = byId.get(orderId);
    return order === undefined ? [] : [act(order, 'order.refunded', at, refundedMinor, facts)];
  };
  return history.refunds.flatMap(toAct);
};

/** A recorded history as the webhooks its shop would have sent; nobody in it reacts to mail. */
export const historyScript = (history: OrderFileHistory, options: PlayOptions): Script => {
  const facts = { firstAt: firstOrders(history.orders), options };
  const acts = agenda<Act>();
  const orders = history.orders.map((order) => act(order, 'order.created', order.placedAt, order.refundedMinor, facts));
  for (const each of [...orders, ...refundActs(history, facts)]) acts.add(each);
  const times = [...history.orders.map(({ placedAt }) => placedAt), ...history.refunds.map(({ at }) => at)];
  const from = times.reduce((a, b) => Math.min(a, b)) - minutes(1);
  const to = times.reduce((a, b) => Math.max(a, b)) + minutes(1);
  return { from, to, nextAt: acts.nextAt, take: acts.take, receive: () => undefined, zoneOf: () => undefined };
};
