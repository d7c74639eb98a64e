import { type OrderStatus, orderStatuses } from '../../../shared/domain/orders/order.ts';
import { countryCodeOf } from './country-code.ts';
import { decimalsOf, millionthsOf, minorOf } from './decimal-text.ts';
import type { HistoryLine, HistoryOrder } from './history.ts';
import type { DraftLine, OrderDraft } from './order-drafts.ts';
import { type TotalRule, totalMillionths } from './order-totals.ts';
import { parsePlacedAt, type SlashOrder } from './time-text.ts';

export type ReadingRules = Readonly<{ zone: string; slash?: SlashOrder; total: TotalRule; currency: string }>;
export type ReadOutcome = Readonly<{ type: 'order'; order: HistoryOrder } | { type: 'problem'; message: string }>;

const synonyms: Readonly<Record<string, OrderStatus>> = {
  canceled: 'cancelled',
  complete: 'paid',
  completed: 'paid',
  processing: 'paid',
  fulfilled: 'paid',
  shipped: 'paid',
};

const statusOf = (draft: OrderDraft): OrderStatus | undefined => {
  if (draft.cells.cancelled_at !== undefined) return 'cancelled';
  const text = (draft.cells.status ?? 'paid').toLowerCase().replaceAll(' ', '_');
  return orderStatuses.find((status) => status === text) ?? synonyms[text];
};

const lineOf = ({ sku, name, quantity, millionths = 0 }: DraftLine, decimals: number): HistoryLine => {
  const rest = { quantity, amountMinor: minorOf(millionths, decimals) };
  if (sku === '') return { name, ...rest };
  return name === '' ? { sku, ...rest } : { sku, name, ...rest };
};

const linesOf = (draft: OrderDraft, decimals: number): readonly HistoryLine[] =>
  draft.lines.filter(({ sku, name }) => sku !== '' || name !== '').map((line) => lineOf(line, decimals));

/** Spreadsheets write an id as `12583.0`. */
const plainId = (text: string): string => text.replace(/^(\d+)\.0$/, '$1');

const whose = (draft: OrderDraft): Pick<HistoryOrder, 'customerId' | 'email' | 'country'> => {
  const customerId = draft.cells.customer_id;
  const email = draft.cells.email;
  const country = countryCodeOf(draft.cells.country ?? '');
  return {
    ...(customerId === undefined ? {} : { customerId: plainId(customerId) }),
    ...(email === undefined ? {} : { email }),
    ...(country === undefined ? {} : { country }),
  };
};

const isCurrency = (text: string): boolean => /^[A-Z]{3}$/.test(text);

/** Makes an order of its rows, or says what is wrong with the first of them. */
export const readOrder = (draft: OrderDraft, rules: ReadingRules): ReadOutcome => {
  const wrong = (field: string, must: string, got: string): ReadOutcome => ({
    type: 'problem',
    message: `line ${draft.line}: '${field}' must be ${must}, got ${JSON.stringify(got)}`,
  });
  const currency = (draft.cells.currency ?? rules.currency).toUpperCase();
  if (!isCurrency(currency)) return wrong('currency', 'an ISO 4217 code', currency);
  const placed = draft.cells.placed_at ?? '';
  const placedAt = parsePlacedAt(placed, rules.zone, rules.slash);
  if (placedAt === undefined) return wrong('placed_at', 'a time like 2026-01-31 14:05 or 2026-01-31T14:05:00Z', placed);
  const status = statusOf(draft);
  if (status === undefined) return wrong('status', `one of ${orderStatuses.join(' ')}`, draft.cells.status ?? '');
  const total = totalMillionths(draft, rules.total);
  if (total === undefined)
    return wrong(rules.total === 'sum-of-lines' ? 'price' : 'total', 'a number', unreadableMoney(draft, rules));
  const refunded = millionthsOf(draft.cells.refunded ?? '0');
  if (refunded === undefined) return wrong('refunded', 'a number', draft.cells.refunded ?? '');
  const decimals = decimalsOf(currency);
  return {
    type: 'order',
    order: {
      orderId: draft.orderId,
      ...whose(draft),
      placedAt,
      currency,
      status,
      totalMinor: minorOf(total, decimals),
      refundedMinor: minorOf(Math.abs(refunded), decimals),
      lines: linesOf(draft, decimals),
    },
  };
};

const unreadableMoney = ({ unreadable = '', totals }: OrderDraft, { total }: ReadingRules): string =>
  total === 'sum-of-lines' ? unreadable : (totals[0] ?? '');
