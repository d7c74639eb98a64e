import { hashOf } from '../hash.ts';
import {
  bringsMoney,
  type CountingPolicy,
  counts,
  isAlive,
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
  const { counted, lastPlacedAt, ...sums } = sumsOf(latestVersions(rows), policy);
  const occasions = occasionsIn(counted);
  const deliveredAt = counted.at(-1)?.deliveredAt;
  return {
    ...sums,
    counted: counted.length,
    orders: occasions.length,
    firstRevenueMinor: occasions[0]?.netMinor ?? 0,
    ...productsOf(counted),
    ...datesOf(occasions),
    ...(lastPlacedAt === undefined ? {} : { lastPlacedAt }),
    ...(deliveredAt === undefined ? {} : { deliveredAt }),
    fresh: counted.filter((row) => row.placedAt > now - freshWindowMs).map(({ key }) => freshHash(key)),
  };
};

type Sums = Pick<OrderHistory, 'placed' | 'revenueMinor' | 'refundedMinor' | 'grossMinor' | 'unconverted'> &
  Readonly<{ counted: readonly OrderRow[]; lastPlacedAt: EpochMs | undefined }>;

/** One pass over rows in order; what counts was placed as well. */
const sumsOf = (rows: readonly OrderRow[], policy: CountingPolicy): Sums => {
  const counted: OrderRow[] = [];
  let [placed, revenueMinor, refundedMinor, grossMinor, unconverted] = [0, 0, 0, 0, 0];
  let lastPlacedAt: EpochMs | undefined;
  for (const row of rows) {
    const isCounted = counts(row, policy);
    if (isCounted || isAlive(row, policy)) lastPlacedAt = row.placedAt;
    if (!isCounted && !wasPlaced(row, policy)) continue;
    placed += 1;
    if (isCounted) counted.push(row);
    if (isCounted || bringsMoney(row, policy)) revenueMinor += netMinor(row);
    if (row.totalMinor !== undefined) refundedMinor += refundedOf(row);
    grossMinor += row.totalMinor ?? 0;
    if (isCounted && row.totalMinor === undefined) unconverted += 1;
  }
  return { counted, lastPlacedAt, placed, revenueMinor, refundedMinor, grossMinor, unconverted };
};

/** How a counted order is remembered for 72 hours. */
export const freshHash = (key: string): string => hashOf([key], 8);

/** The latest version of each order, by placed time, then key: a total order. */
export const latestVersions = (rows: readonly OrderRow[]): readonly OrderRow[] => {
  if (isSettled(rows)) return rows;
  const latest = new Map<string, OrderRow>();
  for (const row of rows) {
    const known = latest.get(row.key);
    if (known === undefined || row.version > known.version) latest.set(row.key, row);
  }
  return [...latest.values()].sort((a, b) => a.placedAt - b.placedAt || (a.key < b.key ? -1 : 1));
};

/** Whether each order is there once and all are in order, as they nearly always are. */
const isSettled = (rows: readonly OrderRow[]): boolean => {
  let before: OrderRow | undefined;
  for (const row of rows) {
    if (
      before !== undefined &&
      (row.placedAt < before.placedAt || (row.placedAt === before.placedAt && row.key <= before.key))
    )
      return false;
    before = row;
  }
  return rows.length < 2 || new Set(rows.map(({ key }) => key)).size === rows.length;
};

/** Orders within 24 hours of the first of them: its start, and what they brought, net, in minor units of the store's currency. */
export type Occasion = Readonly<{ at: EpochMs; netMinor: number }>;

/** Groups counted orders, sorted by placed time, into occasions: an order within 24 hours of an occasion's first belongs to it. */
export const occasionsIn = (counted: readonly OrderRow[]): readonly Occasion[] => {
  const occasions: { at: EpochMs; netMinor: number }[] = [];
  for (const row of counted) {
    const last = occasions.at(-1);
    if (last !== undefined && row.placedAt - last.at < days(1)) last.netMinor += netMinor(row);
    else occasions.push({ at: row.placedAt, netMinor: netMinor(row) });
  }
  return occasions;
};

const startsBetween = (occasions: readonly Occasion[], after: EpochMs, before: EpochMs): readonly EpochMs[] => {
  const starts: EpochMs[] = [];
  for (const { at } of occasions) if (at > after && at < before) starts.push(at);
  return starts;
};

const datesOf = (
  occasions: readonly Occasion[],
): Pick<OrderHistory, 'firstAt' | 'lastAt' | 'previousAt' | 'recent'> => {
  const [first, previous, last] = [occasions[0], occasions.at(-2), occasions.at(-1)];
  if (first === undefined || last === undefined) return { recent: [] };
  return {
    firstAt: first.at,
    lastAt: last.at,
    ...(previous === undefined ? {} : { previousAt: previous.at }),
    recent: startsBetween(occasions, last.at - days(365), last.at),
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
