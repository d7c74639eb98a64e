import { currencyExponent, minorUnits } from '../../orders/money.ts';
import type { Order, OrderLine } from '../../orders/order.ts';
import { parseInstant } from '../../time.ts';
import { defined } from '../defined.ts';
import type { DeliveryContext } from '../delivery.ts';
import { fitLines } from '../fit-lines.ts';
import { plausibleDelivery } from '../plausible-times.ts';
import { tidyId, tidyText, tidyUrl } from '../tidy-text.ts';
import type { IntakeFault } from './faults.ts';
import { standardPerson } from './person.ts';
import type { StandardLine, StandardOrder } from './schema.ts';

const amountsOf = (order: StandardOrder): readonly (readonly [string, string | null | undefined])[] => [
  ...(['total', 'refunded', 'subtotal', 'tax', 'shipping'] as const).map(
    (name) => [`$.data.${name}`, order[name]] as const,
  ),
  ...(order.discounts ?? []).map(({ amount }, i) => [`$.data.discounts[${i}].amount`, amount] as const),
  ...(order.lines ?? []).map(({ price }, i) => [`$.data.lines[${i}].price`, price] as const),
];

/** Amounts the currency cannot hold: more digits than it has, or beyond 2^53 minor units. */
export const amountFaults = (order: StandardOrder): readonly IntakeFault[] => {
  const digits = currencyExponent(order.currency);
  const rule = `must be an amount with at most ${digits} digits after the point in ${order.currency}`;
  return amountsOf(order).flatMap(([path, text]) =>
    text !== null && text !== undefined && minorUnits(text, order.currency) === undefined ? [{ path, rule }] : [],
  );
};

const lineOf = (line: StandardLine, index: number, currency: string): OrderLine => {
  const name = tidyText(line.name);
  return defined({
    sku: tidyText(line.sku) ?? name ?? `line-${index + 1}`,
    name,
    category: tidyText(line.category),
    quantity: line.quantity ?? 1,
    priceMinor: minorUnits(line.price ?? '0', currency) ?? 0,
    url: tidyUrl(line.url),
    imageUrl: tidyUrl(line.imageUrl),
  });
};

const minorOrAbsent = (text: string | null | undefined, currency: string): number | undefined =>
  text ? minorUnits(text, currency) : undefined;

/**
 * The order of a body that has the documented form and amounts its currency can hold.
 *
 * @param cancelled The message says so, whatever the data say.
 * @returns `undefined` when its id or a time is no id or time after all.
 */
export const standardOrder = (data: StandardOrder, context: DeliveryContext, cancelled: boolean): Order | undefined => {
  const { currency } = data;
  const orderId = tidyId(data.id);
  const placedAt = parseInstant(data.placedAt);
  const updatedAt = parseInstant(data.updatedAt);
  const totalMinor = minorUnits(data.total, currency);
  if (orderId === undefined || placedAt === undefined || updatedAt === undefined || totalMinor === undefined)
    return undefined;
  return defined({
    store: context.store,
    source: 'standard' as const,
    orderId,
    status: cancelled ? 'cancelled' : data.status,
    kind: data.kind ?? 'one_time',
    channel: data.channel ?? 'online',
    currency,
    totalMinor,
    refundedMinor: Math.min(totalMinor, minorUnits(data.refunded ?? '0', currency) ?? 0),
    taxMinor: minorOrAbsent(data.tax, currency),
    shippingMinor: minorOrAbsent(data.shipping, currency),
    test: data.test === true,
    placedAt,
    updatedAt,
    deliveredAt: plausibleDelivery(parseInstant(data.deliveredAt ?? ''), placedAt, context.now),
    discounts: (data.discounts ?? []).flatMap(({ code, amount }) => {
      const tidy = tidyText(code);
      return tidy === undefined ? [] : [{ code: tidy, amountMinor: minorUnits(amount ?? '0', currency) ?? 0 }];
    }),
    customer: data.customer ? standardPerson(data.customer) : undefined,
    ...fitLines((data.lines ?? []).map((line, index) => lineOf(line, index, currency))),
  });
};
