import type { CustomerId } from '../../../../shared/domain/customers/customer.ts';
import { emailIdentity, mintCustomerId } from '../../../../shared/domain/identity/identities.ts';
import { normaliseEmail } from '../../../../shared/domain/identity/normalise-email.ts';
import { tidyId } from '../../../../shared/domain/intake/tidy-text.ts';
import type { StoreId } from '../../../../shared/domain/store.ts';
import type { HistoryOrder, HistoryRefund, OrderFileHistory } from '../../../local/orders/history.ts';
import { customerKeyOf } from '../../../local/orders/history-script.ts';
import type { Person } from './person.ts';

/** There is no deployment whose key could hash addresses; nothing hashed here leaves the process. */
const noKey = new Uint8Array(32);

type Growing = { id: string; names: string[]; orders: HistoryOrder[] };

/** Ids and addresses are different things even where they read the same. Each address is read once. */
const namer = () => {
  const addresses = new Map<string, readonly string[]>();
  const addressesOf = (email: string): readonly string[] => {
    const known = addresses.get(email);
    if (known !== undefined) return known;
    const address = normaliseEmail(email);
    const names = address === undefined ? [] : [`email:${address}`];
    addresses.set(email, names);
    return names;
  };
  return ({ customerId, email }: HistoryOrder): readonly string[] => {
    const ids = customerId === undefined || customerId === email ? [] : [`id:${customerId}`];
    return email === undefined ? ids : [...ids, ...addressesOf(email)];
  };
};

/** Of two who turn out to be one, the one seen first stays. */
const joined = (stays: Growing, goes: Growing, byName: Map<string, Growing>): Growing => {
  for (const name of goes.names) byName.set(name, stays);
  stays.names.push(...goes.names);
  stays.orders = [...stays.orders, ...goes.orders].sort((a, b) => a.placedAt - b.placedAt);
  return stays;
};

const ownerOf = (order: HistoryOrder, names: readonly string[], byName: Map<string, Growing>): Growing => {
  const likely = byName.get(names[0] ?? '');
  if (likely !== undefined && names.every((name) => byName.get(name) === likely)) return likely;
  const fresh: Growing = { id: customerKeyOf(order) ?? '', names: [], orders: [] };
  const known = [...new Set(names.flatMap((name) => byName.get(name) ?? []))];
  const [first = fresh, ...others] = known.sort((a, b) => (a.orders[0]?.placedAt ?? 0) - (b.orders[0]?.placedAt ?? 0));
  const owner = others.reduce((stays, goes) => joined(stays, goes, byName), first);
  for (const name of names) {
    if (byName.get(name) === owner) continue;
    byName.set(name, owner);
    owner.names.push(name);
  }
  return owner;
};

/** The strongest identity a first order gives: the id, else the address. */
const mintedFor = (store: StoreId, { customerId, email }: HistoryOrder): CustomerId | undefined => {
  const id = customerId === email ? undefined : tidyId(customerId);
  if (id !== undefined) return mintCustomerId(store, `standard:${id}`);
  const address = normaliseEmail(email ?? '');
  return address === undefined ? undefined : mintCustomerId(store, emailIdentity(noKey, store, address));
};

/**
 * Whose the orders of a file are: the same id or the same address is the same person, from their first order on. Orders of
 * nobody belong to nobody.
 */
export const peopleOf = (
  { orders, refunds }: Pick<OrderFileHistory, 'orders' | 'refunds'>,
  store: StoreId,
): readonly Person[] => {
  const byName = new Map<string, Growing>();
  const namesOf = namer();
  for (const order of orders) {
    const names = namesOf(order);
    if (names.length > 0) ownerOf(order, names, byName).orders.push(order);
  }
  const refundsOf = Map.groupBy(refunds, ({ orderId }) => orderId);
  return [...new Set(byName.values())].flatMap((growing) => personOf(growing, refundsOf, store) ?? []);
};

const personOf = (
  { id, orders }: Growing,
  refundsOf: ReadonlyMap<string, readonly HistoryRefund[]>,
  store: StoreId,
): Person | undefined => {
  const [first] = orders;
  const customerId = first === undefined ? undefined : mintedFor(store, first);
  if (customerId === undefined) return undefined;
  const refunds = orders.flatMap(({ orderId }) => refundsOf.get(orderId) ?? []).sort((a, b) => a.at - b.at);
  return { id, customerId, orders, refunds };
};
