import { hashOf } from '../hash.ts';
import {
  bringsMoney,
  type CountingPolicy,
  counts,
  isAlive,
  isReal,
  netMinor,
  refundedOf,
  wasPlaced,
} from '../orders/counting.ts';
import type { OrderRow } from '../orders/order-row.ts';
import { days, type EpochMs, hours } from '../time.ts';
import type { OrderHistory } from './order-history.ts';

/** Orders placed within this time before the decision still count as new ones (cause `order`). */
export const freshWindowMs = hours(72);

/** What a customer without orders has. */
export const noOrders: OrderHistory = {
  orders: 0,
  counted: 0,
  placed: 0,
  revenueMinor: 0,
  refundedMinor: 0,
  firstRevenueMinor: 0,
  grossMinor: 0,
  unconverted: 0,
  recent: [],
  fresh: [],
};

/**
 * Folds a customer's orders as a set: the same result whatever the order of arrival, with duplicates and stale versions.
 *
 * @param rows One or more versions of each order; the greatest version of a key wins.
 * @param now The instant of the decision; only `fresh` depends on it.
 */
export const foldOrders = (rows: readonly OrderRow[], policy: CountingPolicy, now: EpochMs): OrderHistory => {
  const real = latestVersions(rows).filter(isReal);
  const placed = real.filter((row) => wasPlaced(row, policy));
  const counted = placed.filter((row) => counts(row, policy));
  const grouped = occasionsIn(counted);
  const occasions = grouped.map(({ at }) => at);
  const alive = real.filter((row) => isAlive(row, policy));
  return {
    ...countsOf(placed, counted, policy),
    orders: occasions.length,
    firstRevenueMinor: sum(grouped[0]?.rows ?? [], netMinor),
    ...productsOf(counted),
    ...datesOf(occasions),
    ...optional('lastPlacedAt', alive.at(-1)?.placedAt),
    ...optional('deliveredAt', counted.at(-1)?.deliveredAt),
    fresh: counted.filter((row) => row.placedAt > now - freshWindowMs).map(({ key }) => freshHash(key)),
  };
};

/** How a counted order is remembered for 72 hours. */
export const freshHash = (key: string): string => hashOf([key], 8);

const optional = <K extends string>(key: K, value: number | undefined): Partial<Record<K, number>> =>
  value === undefined ? {} : ({ [key]: value } as Record<K, number>);

/** The latest version of each order, by placed time, then key: a total order. */
export const latestVersions = (rows: readonly OrderRow[]): OrderRow[] => {
  const latest = new Map<string, OrderRow>();
  for (const row of rows) {
    const known = latest.get(row.key);
    if (known === undefined || row.version > known.version) latest.set(row.key, row);
  }
  return [...latest.values()].sort((a, b) => a.placedAt - b.placedAt || (a.key < b.key ? -1 : 1));
};

/** Orders within 24 hours of the first of them, oldest first. */
export type Occasion = Readonly<{ at: EpochMs; rows: readonly OrderRow[] }>;

/** Groups counted orders, sorted by placed time, into occasions: an order within 24 hours of an occasion's first belongs to it. */
export const occasionsIn = (counted: readonly OrderRow[]): readonly Occasion[] => {
  const occasions: { at: EpochMs; rows: OrderRow[] }[] = [];
  for (const row of counted) {
    const last = occasions.at(-1);
    if (last === undefined || row.placedAt - last.at >= days(1)) occasions.push({ at: row.placedAt, rows: [row] });
    else last.rows.push(row);
  }
  return occasions;
};

const datesOf = (occasions: readonly EpochMs[]): Pick<OrderHistory, 'firstAt' | 'lastAt' | 'previousAt' | 'recent'> => {
  const lastAt = occasions.at(-1);
  return {
    ...optional('firstAt', occasions[0]),
    ...optional('lastAt', lastAt),
    ...optional('previousAt', occasions.at(-2)),
    recent: lastAt === undefined ? [] : occasions.slice(0, -1).filter((at) => at > lastAt - days(365)),
  };
};

const maxSkus = 40;
const maxCategories = 12;

/** Names of the latest orders first, each once: what is cut off is what was bought longest ago. */
const latestOf = (
  counted: readonly OrderRow[],
  namesOf: (row: OrderRow) => readonly string[] | undefined,
  most: number,
): readonly string[] => {
  const names = new Set<string>();
  for (let n = counted.length - 1; n >= 0 && names.size < most; n--) {
    const row = counted[n];
    for (const name of (row && namesOf(row)) ?? []) if (names.size < most) names.add(name);
  }
  return [...names];
};

const productsOf = (counted: readonly OrderRow[]): Pick<OrderHistory, 'products'> => {
  const skus = latestOf(counted, (row) => row.skus, maxSkus);
  const categories = latestOf(counted, (row) => row.categories, maxCategories);
  return skus.length + categories.length === 0 ? {} : { products: { skus, categories } };
};

const sum = (rows: readonly OrderRow[], amount: (row: OrderRow) => number): number =>
  rows.reduce((total, row) => total + amount(row), 0);

const countsOf = (placed: readonly OrderRow[], counted: readonly OrderRow[], policy: CountingPolicy) => ({
  counted: counted.length,
  placed: placed.length,
  revenueMinor: sum(
    placed.filter((row) => bringsMoney(row, policy)),
    netMinor,
  ),
  refundedMinor: sum(placed, (row) => (row.totalMinor === undefined ? 0 : refundedOf(row))),
  grossMinor: sum(placed, (row) => row.totalMinor ?? 0),
  unconverted: counted.filter((row) => row.totalMinor === undefined).length,
});
