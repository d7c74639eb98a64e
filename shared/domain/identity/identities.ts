import type { CustomerId } from '../customers/customer.ts';
import type { CustomerSnapshot } from '../customers/profile.ts';
import { hashOf, keyedHash } from '../hash.ts';
import type { Source } from '../orders/order.ts';
import type { StoreId } from '../store.ts';
import type { EpochMs } from '../time.ts';

/** How an e-mail address appears in identities and in the suppression list: by keyed hash, never in clear. */
export const emailIdentity = (key: Uint8Array, store: StoreId, email: string): string =>
  `email:${addressHash(key, store, email)}`;

/** The address under the deployment's key, per store. */
export const addressHash = (key: Uint8Array, store: StoreId, email: string): string =>
  keyedHash(key, `${store}\n${email}`);

/** The keyed hash in an address's identity; none in any other. */
export const addressHashIn = (identity: string): readonly string[] =>
  identity.startsWith('email:') ? [identity.slice('email:'.length)] : [];

/** The identities a payload gives, strongest first: the source's own id, then the address. */
export const identitiesOf = (
  snapshot: CustomerSnapshot,
  store: StoreId,
  source: Source,
  key: Uint8Array,
): readonly string[] => [
  ...(snapshot.externalId === undefined ? [] : [`${source}:${snapshot.externalId}`]),
  ...(snapshot.email === undefined ? [] : [emailIdentity(key, store, snapshot.email)]),
];

/** The opaque id a customer gets at first sight: a hash, so that two first sights at once agree. */
export const mintCustomerId = (store: StoreId, firstIdentity: string): CustomerId =>
  hashOf(['customer', store, firstIdentity]);

/** Of two customers found to be one, the root is the older by (first seen, id): a total order, so links never form a cycle. */
export const isRootOver = (
  a: Readonly<{ firstSeenAt: EpochMs; customerId: CustomerId }>,
  b: Readonly<{ firstSeenAt: EpochMs; customerId: CustomerId }>,
): boolean => a.firstSeenAt < b.firstSeenAt || (a.firstSeenAt === b.firstSeenAt && a.customerId < b.customerId);
