import type { CustomerId } from '../../shared/domain/customers/customer.ts';
import { tombstoneOf, unseenTombstone } from '../../shared/domain/customers/tombstone.ts';
import { LifecycleError } from '../../shared/domain/errors.ts';
import { mintCustomerId } from '../../shared/domain/identity/identities.ts';
import type { LoggedErasure } from '../../shared/domain/restore/log-entry.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { CustomerFile } from '../../shared/ports/customer-store.ts';
import { type CustomerFamily, loadFamily } from '../family/customer-family.ts';
import { orderKeyOf } from '../family/order-key-of.ts';
import type { ReactDeps } from './deps.ts';

/** Who is to be erased, by the names they have with a platform or by our id, and when that was asked. */
export type ErasureRequest = Readonly<{ identities: readonly string[]; customer?: CustomerId; at: EpochMs }>;

/**
 * Erases a person: first nothing may be mailed any more, then the personal fields go, last the tombstone stands.
 * Amounts and dates stay without a customer; keyed hashes stay in identities and suppression. Whoever is known by none of the
 * names gets a tombstone all the same: what was said of them before may still be on its way.
 */
export const eraseCustomer = async (
  deps: ReactDeps,
  store: StoreSettings,
  { identities, customer, at }: ErasureRequest,
  now: EpochMs,
): Promise<void> => {
  const ids = customer === undefined ? await ownersOf(deps, store, identities) : [customer];
  const names = customer === undefined ? identities : undefined;
  const found = await Promise.all(ids.map((id) => filesToErase(deps, store, id, names)));
  const kept = new Set(found.flatMap((one) => one.kept));
  const accounts = [...new Map(found.flatMap(({ files }) => files.map((one) => [one.id, one]))).values()];
  // What the request names by address is the new life's as well, once one began.
  if (accounts.every(({ file }) => isMeant(file, at))) await suppress(deps, store, identities.flatMap(hashIn), now);
  for (const { id, file } of accounts) {
    if (file.customer === undefined && isNamedBy(store, id, names))
      await putTombstone(deps, unseen(store, id, now), names);
    else if (isMeant(file, at)) await eraseFile(deps, store, { id, file, keeps: kept }, now);
  }
};

/** Whose the names are, each asked for by claiming it: nobody can begin a life under one of them meanwhile, and none is missed. */
const ownersOf = async (
  { identities: claimed }: ReactDeps,
  { id: store }: StoreSettings,
  names: readonly string[],
): Promise<readonly CustomerId[]> => {
  const [first] = names;
  if (first === undefined) return [];
  const found = await Promise.all(names.map((name) => claimed.find(store, name)));
  const known = found.find((id) => id !== undefined) ?? mintCustomerId(store, first);
  return [...new Set(await Promise.all(names.map((name) => claimed.claim(store, name, known))))];
};

/** Else the name waits for somebody it was merged into, who has not been seen yet. */
const isNamedBy = (
  { id: store }: StoreSettings,
  customerId: CustomerId,
  names: readonly string[] | undefined,
): names is readonly string[] => names?.some((name) => mintCustomerId(store, name) === customerId) ?? false;

const unseen = ({ id: store }: StoreSettings, customerId: CustomerId, now: EpochMs): LoggedErasure => ({
  ...{ type: 'erasure', store, customerId, erasedAt: now, generation: 0, firstSeenAt: now, names: [] },
});

/** Lays the tombstone of somebody who was never written: their names lead there, and to nobody else. */
export const putTombstone = async (
  { customers }: Pick<ReactDeps, 'customers'>,
  erasure: LoggedErasure,
  names: readonly string[],
): Promise<void> => {
  const { store, customerId, erasedAt } = erasure;
  await customers.restrictContact(store, customerId, { erasedAt });
  if ((await customers.save(unseenTombstone(erasure, names))).type === 'saved') return;
  throw new LifecycleError('write.contended', "cannot lay a tombstone: 'version' must stand still, got a newer one", {
    key: customerId,
    attempts: 1,
  });
};

const suppress = async (
  { suppressions }: Pick<ReactDeps, 'suppressions'>,
  { id: store }: StoreSettings,
  hashes: readonly string[],
  at: EpochMs,
): Promise<void> => {
  await Promise.all(hashes.map((hash) => suppressions.add(store, hash, { by: 'erasure', at })));
};

/** A request that comes again says nothing about a generation that began after it was done. */
const isMeant = ({ customer }: CustomerFile, at: EpochMs): boolean =>
  customer?.forgottenUntil === undefined || at > customer.forgottenUntil;

/**
 * The whole person, but for one case: a platform deletes the losing account of a merge by its id alone. Then only what was
 * that account's own goes, and the kept customer stays.
 */
const filesToErase = async (
  deps: ReactDeps,
  store: StoreSettings,
  known: CustomerId,
  identities: readonly string[] | undefined,
): Promise<Readonly<{ files: readonly Account[]; kept: readonly string[] }>> => {
  const { rootId, root, aliases } = await loadFamily(deps.customers, store.id, known, 'decision');
  const all = [{ id: rootId, file: root }, ...aliases];
  const alias = aliases.find(({ id }) => id === known);
  const namesOneAccount = identities !== undefined && identities.flatMap(hashIn).length === 0;
  if (alias === undefined || !namesOneAccount) return { files: all, kept: [] };
  // An address that another of the accounts has too is the kept customer's.
  const others = all.filter(({ id, file }) => id !== known && file.customer?.erasedAt === undefined);
  return { files: [alias], kept: others.flatMap(({ file }) => file.customer?.identities ?? []).flatMap(hashIn) };
};

type Account = CustomerFamily['aliases'][number];

const hashIn = (identity: string): readonly string[] =>
  identity.startsWith('email:') ? [identity.slice('email:'.length)] : [];

/** `keeps` are the addresses of others, by hash, which stay as they are; `keepsAll` leaves every address as it is. */
export const eraseFile = async (
  deps: ReactDeps,
  store: StoreSettings,
  { id, file, keeps, keepsAll }: Account & Readonly<{ keeps?: ReadonlySet<string>; keepsAll?: true }>,
  now: EpochMs,
): Promise<void> => {
  if (file.customer === undefined || file.customer.erasedAt !== undefined) return;
  await deps.customers.restrictContact(store.id, id, { erasedAt: now });
  const hashes = file.customer.identities.flatMap(hashIn).filter((hash) => !keepsAll && !keeps?.has(hash));
  await suppress(deps, store, hashes, now);
  await Promise.all(file.liftings.map((lifting) => deps.customers.redactLifting(store.id, id, lifting)));
  await Promise.all(file.orderRows.map(({ key }) => deps.intake.redactOrder(orderKeyOf(store.id, key))));
  const outcome = await deps.customers.save(tombstoneOf(file.customer, now));
  if (outcome.type === 'saved') return;
  throw new LifecycleError('write.contended', "cannot erase a customer: 'version' must stand still, got a newer one", {
    key: id,
    attempts: 1,
  });
};
