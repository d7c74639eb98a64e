/**
 * The one table, by access pattern. Keys and index attributes can never be changed later.
 *
 * | access pattern                           | index | partition key                      | sort key                      |
 * |------------------------------------------|-------|------------------------------------|-------------------------------|
 * | an order and its refunds                 |       | S#{store}#O#{source}:{orderId}     | ORDER, REFUND#{refundId}      |
 * | a customer event until react applied it  |       | S#{store}#E#{source}:{eventId}     | EVENT (TTL 30 d)              |
 * |   and that it came, after                |       |                                    | the same, entity EVENT_SEEN   |
 * | who an external id or address hash is    |       | S#{store}#I#{kind}:{id or hmac}    | IDENT                         |
 * | what a decision needs, one Query         |       | S#{store}#C#{customerId}           | CONTACT .. O#~                |
 * |   opt-out, suppression, recent sends     |       |                                    | CONTACT                       |
 * |   stage, facts, profile                  |       |                                    | CUSTOMER                      |
 * |   one campaign run                       |       |                                    | ENROL#{campaign}#{occurrence} |
 * |   the operator's word after suppression  |       |                                    | LIFTING#{at}                  |
 * |   one order, small                       |       |                                    | O#{source}:{orderId}          |
 * | the rest of a customer                   |       |                                    | CONSENT#{at}#{id}             |
 * |                                          |       |                                    | SEND#{sendId}  VISIT#{n}      |
 * | is this address suppressed               |       | S#{store}#X#{hmac}                 | SUPPRESSION                   |
 * | a day of a counter                       |       | S#{store}#N#{what}#{day}#{shard}   | COUNT                         |
 * | a store's settings                       |       | S#{store}                          | STORE                         |
 * | what its decisions are taken under       |       | S#{store}                          | STORE#ADOPTION LIFECYCLE#v FIT#v |
 * |   and were, since when                   |       |                                    | ADOPTION#{at}                 |
 * | how far a rebase has come                |       | S#{store}                          | REBASE                        |
 * | how far a reconciliation has come        |       | S#{store}                          | RECONCILE                     |
 * | how far a restore has come               |       | S#{store}                          | RESTORE                       |
 * | which of the three go on                 | due   | D#work#0                           | {dueAt}#{pk}|{sk}             |
 * | circuit breaker, of a store or (`*`) all |       | S#{store or *}                     | BREAKER                       |
 * | how fast mails leave, for all stores     |       | S#*                                | PACE                          |
 * | which stores there are                   |       | STORES                             | {store}                       |
 * | what a store's platforms sent in vain    |       | S#{store}                          | QUARANTINE#{at}#{hash} (TTL)  |
 * | what is due, oldest first                | due   | D#{kind}#{shard}                   | {dueAt}#{pk}|{sk}             |
 * | a store's customers, of one stage        | roll  | S#{store}#R#{0..63}                | {customerId}                  |
 *
 * `{at}` and `{dueAt}` are milliseconds in 15 digits, so that text order is time order.
 */
import type { CustomerId } from '../../domain/customers/customer.ts';
import { uniformOf } from '../../domain/hash.ts';
import type { OrderKey } from '../../domain/orders/order.ts';
import type { StoreId } from '../../domain/store.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { DueKind } from '../../ports/due-index.ts';

export type ItemKey = Readonly<{ pk: string; sk: string }>;

export const indexNames = { due: 'due', roll: 'roll' } as const;
export const rollShards = 64;

const digits = (at: EpochMs): string => String(at).padStart(15, '0');
const partitionShard = (parts: readonly string[], shards: number): number => Math.floor(uniformOf(parts) * shards);

export const storePk = (store: StoreId): string => `S#${store}`;
export const orderPk = ({ store, source, orderId }: OrderKey): string => `S#${store}#O#${source}:${orderId}`;
export const customerPk = (store: StoreId, customerId: CustomerId): string => `S#${store}#C#${customerId}`;

export const orderItemKey = (key: OrderKey): ItemKey => ({ pk: orderPk(key), sk: 'ORDER' });
export const refundKey = (key: OrderKey, refundId: string): ItemKey => ({ pk: orderPk(key), sk: `REFUND#${refundId}` });
export const eventKey = (store: StoreId, source: string, eventId: string): ItemKey => ({
  pk: `S#${store}#E#${source}:${eventId}`,
  sk: 'EVENT',
});
export const identityKey = (store: StoreId, identity: string): ItemKey => ({
  pk: `S#${store}#I#${identity}`,
  sk: 'IDENT',
});
export const suppressionKey = (store: StoreId, addressHash: string): ItemKey => ({
  pk: `S#${store}#X#${addressHash}`,
  sk: 'SUPPRESSION',
});
export const counterKey = (store: StoreId, what: string, day: string, shard: number): ItemKey => ({
  pk: `S#${store}#N#${what}#${day}#${shard}`,
  sk: 'COUNT',
});
const storeSk = 'STORE';
export const storeKey = (store: StoreId): ItemKey => ({ pk: storePk(store), sk: storeSk });
const versionDigits = (version: number): string => String(version).padStart(6, '0');
/** Beside the settings, so that one read brings both. */
export const adoptionKey = (store: StoreId): ItemKey => ({ pk: storePk(store), sk: `${storeSk}#ADOPTION` });
/** Kept for each instant at which other versions were taken over. */
export const adoptionPrefix = 'ADOPTION#';
export const adoptedAtKey = (store: StoreId, at: EpochMs): ItemKey => ({
  pk: storePk(store),
  sk: `${adoptionPrefix}${digits(at)}`,
});
/** `*` stands for the account: no store can be called that. */
export const breakerKey = (scope: string): ItemKey => ({ pk: storePk(scope), sk: 'BREAKER' });
export const paceKey: ItemKey = { pk: storePk('*'), sk: 'PACE' };
export const rebaseKey = (store: StoreId): ItemKey => ({ pk: storePk(store), sk: 'REBASE' });
export const reconcileKey = (store: StoreId): ItemKey => ({ pk: storePk(store), sk: 'RECONCILE' });
export const restoreKey = (store: StoreId): ItemKey => ({ pk: storePk(store), sk: 'RESTORE' });
/** The partition that lists the stores. */
export const storesPk = 'STORES';
export const storeNameKey = (store: StoreId): ItemKey => ({ pk: storesPk, sk: store });
export const lifecyclePrefix = 'LIFECYCLE#';
export const lifecycleKey = (store: StoreId, version: number): ItemKey => ({
  pk: storePk(store),
  sk: `${lifecyclePrefix}${versionDigits(version)}`,
});
export const fitPrefix = 'FIT#';
export const fitKey = (store: StoreId, version: number): ItemKey => ({
  pk: storePk(store),
  sk: `${fitPrefix}${versionDigits(version)}`,
});
export const quarantineKey = (store: StoreId, at: EpochMs, hash: string): ItemKey => ({
  pk: storePk(store),
  sk: `QUARANTINE#${digits(at)}#${hash}`,
});

/** Sort keys within a customer's partition. */
export const customerSk = {
  customer: 'CUSTOMER',
  contact: 'CONTACT',
  orderRow: (key: string): string => `O#${key}`,
  visit: (visit: number): string => `VISIT#${visit}`,
  enrolment: (campaign: string, occurrence: string): string => `ENROL#${campaign}#${occurrence}`,
  send: (sendId: string): string => `SEND#${sendId}`,
  /** Within the range of a decision, so that an erasure finds it. */
  lifting: (at: EpochMs): string => `LIFTING#${digits(at)}`,
  consent: (at: EpochMs, id: string): string => `CONSENT#${digits(at)}#${id}`,
} as const;

/** Spreads counters over rows: always the same one for a customer. */
export const counterShard = (customerId: CustomerId, shards: number): number =>
  partitionShard(['count', customerId], shards);
export const dueShard = (customerId: CustomerId, shards: number): number => partitionShard(['due', customerId], shards);
export const duePk = (kind: DueKind, shard: number): string => `D#${kind}#${shard}`;
/** The attribute that holds an item's due time: 15 digits of epoch milliseconds, then its key. */
export const dueSortKey = 'dueSk';
export const dueSk = (dueAt: EpochMs, { pk, sk }: ItemKey): string => `${digits(dueAt)}#${pk}|${sk}`;
export const dueAtOf = (sortKey: string): EpochMs => Number(sortKey.slice(0, 15));

/** Rebases, reconciliations and restores. One shard: there are never many at once. */
export const workDuePk = 'D#work#0';
/** The store a partition key names, where it is a store's own partition. */
export const storeOfPk = (pk: string): StoreId | undefined => /^S#([^#]+)$/.exec(pk)?.[1];

export const rollShard = (customerId: CustomerId): number => partitionShard(['roll', customerId], rollShards);
export const rollPk = (store: StoreId, shard: number): string => `S#${store}#R#${shard}`;

/** The customer a partition key names, if it names one. */
export const customerOfPk = (pk: string): Readonly<{ store: StoreId; customerId: CustomerId }> | undefined => {
  const [, store, customerId] = /^S#([^#]+)#C#(.+)$/.exec(pk) ?? [];
  return store === undefined || customerId === undefined ? undefined : { store, customerId };
};

/** The order a partition key names, if it names one: what a stream record of ORDER or REFUND rings for. */
export const orderOfPk = (pk: string): Readonly<{ store: StoreId; source: string; orderId: string }> | undefined => {
  const [, store, source, orderId] = /^S#([^#]+)#O#([^:]+):(.+)$/s.exec(pk) ?? [];
  return store === undefined || source === undefined || orderId === undefined ? undefined : { store, source, orderId };
};

/** The address a partition key names by its hash, if it names one. */
export const suppressionOfPk = (pk: string): Readonly<{ store: StoreId; addressHash: string }> | undefined => {
  const [, store, addressHash] = /^S#([^#]+)#X#(.+)$/s.exec(pk) ?? [];
  return store === undefined || addressHash === undefined ? undefined : { store, addressHash };
};

/** The event a partition key names, if it names one. */
export const eventOfPk = (pk: string): Readonly<{ store: StoreId; source: string; eventId: string }> | undefined => {
  const [, store, source, eventId] = /^S#([^#]+)#E#([^:]+):(.+)$/s.exec(pk) ?? [];
  return store === undefined || source === undefined || eventId === undefined ? undefined : { store, source, eventId };
};
