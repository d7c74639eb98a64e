import type { Arrival } from '../../../../shared/domain/customers/arrival.ts';
import type { CustomerSnapshot, Profile } from '../../../../shared/domain/customers/profile.ts';
import { standardPerson } from '../../../../shared/domain/intake/standard/person.ts';
import { tidyText } from '../../../../shared/domain/intake/tidy-text.ts';
import type { OrderStatus } from '../../../../shared/domain/orders/order.ts';
import type { OrderRow } from '../../../../shared/domain/orders/order-row.ts';
import { versionMarked } from '../../../../shared/domain/orders/order-version.ts';
import { rowOfVersion } from '../../../../shared/domain/orders/row-of-order.ts';
import type { StoreSettings } from '../../../../shared/domain/store.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { HistoryOrder } from '../../../local/orders/history.ts';
import { customerKeyOf, isBought, refundedStatus, webhookCustomer } from '../../../local/orders/history-script.ts';
import type { Person } from './person.ts';

export type ArrivalRules = Readonly<{ store: StoreSettings; consent: 'assumed' | 'none' }>;

/** Articles come again and again; each is tidied once. */
const tidied = new Map<string, string>();
const tidySku = (sku: string): string => {
  const known = tidied.get(sku) ?? tidyText(sku) ?? '';
  tidied.set(sku, known);
  return known;
};

/** More different articles than a row keeps need not be read. */
const linesOf = ({ lines }: HistoryOrder): { sku: string }[] => {
  const skus = new Set<string>();
  for (const line of lines) {
    if (line.sku !== undefined && isBought(line)) skus.add(tidySku(line.sku));
    if (skus.size > 12) break;
  }
  return [...skus].map((sku) => ({ sku }));
};

/** An order as it stood from an instant on. */
type OrderState = Readonly<{ order: HistoryOrder; at: EpochMs; status: OrderStatus; refundedMinor: number }>;

/** The row of an order as the system would have kept it from `at` on. */
const rowOf = ({ order, at, ...told }: OrderState, currency: string): OrderRow => {
  const state = { status: told.status, refundedMinor: Math.min(order.totalMinor, told.refundedMinor) };
  return rowOfVersion(
    {
      ...{ source: 'standard', orderId: order.orderId, kind: 'one_time', channel: 'online', test: false },
      ...{ placedAt: order.placedAt, currency: order.currency, totalMinor: order.totalMinor, lines: linesOf(order) },
      ...state,
    },
    versionMarked({ ...state, updatedAt: at }, ''),
    currency,
  );
};

/** The row of an order from an instant on. */
export type RowState = Readonly<{ at: EpochMs; order: HistoryOrder; row: OrderRow }>;

/** Every state of the person's orders in order of time: placed, then each refund. */
export const rowsOf = (
  { orders, refunds }: Person,
  { currency }: Pick<StoreSettings, 'currency'>,
): readonly RowState[] => {
  const made = (state: OrderState): RowState => ({ at: state.at, order: state.order, row: rowOf(state, currency) });
  const placed = orders.map((order) =>
    made({ order, at: order.placedAt, status: order.status, refundedMinor: order.refundedMinor }),
  );
  if (refunds.length === 0) return placed;
  const byId = new Map(orders.map((order) => [order.orderId, order]));
  const later = refunds.flatMap(({ orderId, at, refundedMinor }) => {
    const order = byId.get(orderId);
    return order === undefined ? [] : made({ order, at, status: refundedStatus(order, refundedMinor), refundedMinor });
  });
  return [...placed, ...later].sort((a, b) => a.at - b.at);
};

type Told = Readonly<{ order: HistoryOrder; snapshot: CustomerSnapshot }>;

const tellsTheSame = (a: HistoryOrder, b: HistoryOrder): boolean =>
  a.customerId === b.customerId && a.email === b.email && a.country === b.country;

/** What the orders tell of the person; almost always the same each time. */
const teller = ({ orders }: Person, consent: ArrivalRules['consent']) => {
  const consentAt = consent === 'assumed' ? orders[0]?.placedAt : undefined;
  let last: Told | undefined;
  return (order: HistoryOrder): CustomerSnapshot => {
    if (last !== undefined && tellsTheSame(last.order, order)) return last.snapshot;
    const snapshot = standardPerson(webhookCustomer(order, customerKeyOf(order) ?? '', consentAt)) ?? {};
    last = { order, snapshot };
    return snapshot;
  };
};

/** The person as their first order shows them. */
export const profileOf = ({ orders: [first] }: Person): Profile => {
  if (first === undefined) return {};
  const { externalId: _externalId, ...profile } =
    standardPerson(webhookCustomer(first, customerKeyOf(first) ?? '', undefined)) ?? {};
  return profile;
};

/**
 * What the person's webhooks would have told, oldest first. No identities: whose is whose was settled beforehand.
 *
 * @param rows Of the person, where they are known already.
 */
export const arrivalsOf = (
  person: Person,
  rules: ArrivalRules,
  rows = rowsOf(person, rules.store),
): readonly Arrival[] => {
  const tell = teller(person, rules.consent);
  return rows.map(({ at, order, row }) => ({
    ...{ source: 'standard', at, row, identities: [] },
    snapshot: tell(order),
  }));
};
