import { days, type EpochMs, minutes } from '../time.ts';

/**
 * How far ringing for everything in the table has come: first every customer, so that what is committed is told before
 * anything else is decided, then every order, refund and event. It goes through the table item by item and keeps its place.
 */
export type Reconcile = Readonly<{
  /** Counts writes; 0 = never written. */
  version: number;
  startedAt: EpochMs;
  /** When the outage began. @default - everything is rung for, however old */
  since?: EpochMs;
  /** At most so many are handed on in a minute. */
  perMinute: number;
  /** Customers of the store, estimated. */
  total: number;
  walk: Walk;
  /** Where the walk goes on, in the words of the table. */
  after?: string;
  /** Items of the table looked at in this walk, whoever they belong to. */
  looked: number;
  /** The same of the walk before: how many there are. */
  items?: number;
  /** Handed on so far. */
  customers: number;
  arrivals: number;
  /** Read units the walks have cost. */
  readUnits: number;
  /** When the next page is due; absent once finished. */
  dueAt?: EpochMs;
  finishedAt?: EpochMs;
}>;

/** What a walk through the table looks for. */
export const walks = ['customers', 'arrivals'] as const;
export type Walk = (typeof walks)[number];

/** Time for what one walk handed on to be worked off before the next begins. */
export const walkPauseMs = minutes(2);
const minutePauseMs = minutes(1);
/** Items looked at in a minute: 2,000 to 7,000 read units of at most 4 KB, far below what a table takes in a second. */
const looksPerMinute = 50_000;

export type ReconcileStart = Readonly<{ now: EpochMs; since?: EpochMs | undefined; total: number; perMinute: number }>;

/** A reconciliation from the beginning, which takes the place of the one before, if there was one. */
export const beginReconcile = (
  before: Pick<Reconcile, 'version'> | undefined,
  { now, since, total, perMinute }: ReconcileStart,
): Reconcile => ({
  version: (before?.version ?? 0) + 1,
  startedAt: now,
  ...(since === undefined ? {} : { since }),
  ...{ perMinute, total, walk: 'customers', looked: 0, customers: 0, arrivals: 0, readUnits: 0, dueAt: now },
});

/** Shops deliver webhooks up to a day late (Shopify says so of its own), so what came in an outage may be that much older. */
const deliveredWithinMs = days(1);

/** What is dated before, by its own time, is passed over. */
export const datedSince = ({ since }: Reconcile): EpochMs | undefined =>
  since === undefined ? undefined : since - deliveredWithinMs;

/** Whether one under way will see to everything another would: then it goes on, and nothing begins anew. */
export const covers = ({ finishedAt, since }: Reconcile, from: EpochMs | undefined): boolean =>
  finishedAt === undefined && (since === undefined || (from !== undefined && since <= from));

/** What is left of this minute: what may still be handed on, and looked at. */
export type WalkAllowance = Readonly<{ hand: number; look: number }>;
export const walkAllowanceOf = ({ perMinute }: Reconcile): WalkAllowance => ({ hand: perMinute, look: looksPerMinute });

/** A page of the walk: how many it found, out of how many items, at what cost. */
export type WalkedPage = Readonly<{ found: number; looked: number; readUnits: number; next?: string }>;

/** The reconciliation behind a page that was handed on; `isThrough` when the table ends there. */
export const takeWalkedPage = (
  reconcile: Reconcile,
  { found, looked, readUnits, next }: WalkedPage,
  allowed: WalkAllowance,
): Readonly<{ reconcile: Reconcile; allowed: WalkAllowance; isThrough: boolean }> => {
  const { after: _after, ...rest } = reconcile;
  const counted: Reconcile = {
    ...rest,
    looked: reconcile.looked + looked,
    readUnits: reconcile.readUnits + readUnits,
    [reconcile.walk]: reconcile[reconcile.walk] + found,
    ...(next === undefined ? {} : { after: next }),
  };
  return {
    reconcile: counted,
    allowed: { hand: allowed.hand - found, look: allowed.look - looked },
    isThrough: next === undefined,
  };
};

/** As it is written after a minute's work: waiting for the next minute, before its second walk, or finished. */
export const afterWalkedMinute = (reconcile: Reconcile, isThrough: boolean, now: EpochMs): Reconcile => {
  const written = { ...reconcile, version: reconcile.version + 1 };
  if (!isThrough) return { ...written, dueAt: now + minutePauseMs };
  if (reconcile.walk === 'customers')
    return { ...written, walk: 'arrivals', looked: 0, items: reconcile.looked, dueAt: now + walkPauseMs };
  const { dueAt: _dueAt, ...finished } = written;
  return { ...finished, finishedAt: now };
};
