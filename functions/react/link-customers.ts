import type { Customer, CustomerId } from '../../shared/domain/customers/customer.ts';
import { LifecycleError } from '../../shared/domain/errors.ts';
import { linkedTo, unseenAlias } from '../../shared/domain/identity/alias.ts';
import { isRootOver, mintCustomerId } from '../../shared/domain/identity/identities.ts';
import type { StoreId, StoreSettings } from '../../shared/domain/store.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import { type CustomerFamily, loadFamily } from '../family/customer-family.ts';
import type { ReactDeps } from './deps.ts';
import { lookAt } from './look-at.ts';

/**
 * The platform says two of its customers are one. Whoever is not known here joins the other; where neither is, both names
 * wait together for the first order, so that it makes no difference which comes first.
 */
export const linkCustomers = async (
  deps: ReactDeps,
  store: StoreSettings,
  [keep, lose]: readonly [string, string],
  now: EpochMs,
): Promise<void> => {
  const [kept, lost] = await Promise.all([deps.identities.find(store.id, keep), deps.identities.find(store.id, lose)]);
  if (kept === undefined && lost !== undefined && (await isErased(deps, store.id, lost))) return;
  const one = kept ?? (await deps.identities.claim(store.id, keep, lost ?? mintCustomerId(store.id, keep)));
  const other = lost ?? (await deps.identities.claim(store.id, lose, joining(store.id, kept, lose) ?? one));
  const start = one === other ? one : await link(deps, store.id, one, other, now);
  const { root } = await loadFamily(deps.customers, store.id, start, 'decision');
  if (root.customer !== undefined) await lookAt(deps, store, start, [], now);
};

/** An account nobody has seen joins a known one under an id of its own, so that its deletion erases it alone. */
const joining = (store: StoreId, kept: CustomerId | undefined, lose: string): CustomerId | undefined =>
  kept === undefined ? undefined : mintCustomerId(store, lose);

/** Nothing joins the erased: whoever was kept must not be forgotten with the account that was deleted. */
const isErased = async ({ customers }: ReactDeps, store: StoreId, customerId: CustomerId): Promise<boolean> => {
  const { root } = await loadFamily(customers, store, customerId, 'decision');
  return root.customer?.erasedAt !== undefined;
};

const maxAttempts = 8;

/**
 * Makes two customers one: the younger root points to the older, leaves the due index, and the next look at the root folds
 * its orders. The link is one conditional write, tried again when the alias was written meanwhile.
 *
 * @returns The customer to read from next: the alias, because it leads to the root even before the root names it.
 */
export const link = async (
  deps: Pick<ReactDeps, 'customers'>,
  store: StoreId,
  a: CustomerId,
  b: CustomerId,
  now: EpochMs,
  attempt = 1,
): Promise<CustomerId> => {
  const familyOf = (id: CustomerId) => loadFamily(deps.customers, store, id, 'decision');
  const [left, right] = await Promise.all([familyOf(a), familyOf(b)]);
  // Linked already, perhaps by a look that was cut short before the root named its alias: then only the alias leads there.
  if (left.rootId === right.rootId) return left.rootId === b ? a : b;
  const alias = aliasOf(store, left, right, now);
  if (alias === undefined) return b;
  if ((await deps.customers.save(alias)).type === 'saved') return alias.customerId;
  if (attempt < maxAttempts) return link(deps, store, a, b, now, attempt + 1);
  throw new LifecycleError('write.contended', `cannot link: 'version' must stand still, got ${attempt} conflicts`, {
    key: alias.customerId,
    attempts: attempt,
  });
};

/** The younger of two roots, pointing to the older. One that was named but never written becomes the other's at once. */
const aliasOf = (store: StoreId, left: CustomerFamily, right: CustomerFamily, now: EpochMs): Customer | undefined => {
  const [one, other] = [left.root.customer, right.root.customer];
  if (one === undefined && other === undefined) return unseenOf(store, [left.rootId, right.rootId], now);
  if (one === undefined) return other && unseenAlias(store, left.rootId, other.customerId, now);
  if (other === undefined) return unseenAlias(store, right.rootId, one.customerId, now);
  // Whoever was erased is nobody's other half.
  if (one.erasedAt !== undefined || other.erasedAt !== undefined) return undefined;
  return isRootOver(one, other) ? linkedTo(other, one.customerId) : linkedTo(one, other.customerId);
};

/** Two ids that own names and were never written: the first of them stays, and the order that named them writes it. */
const unseenOf = (store: StoreId, ids: readonly [CustomerId, CustomerId], now: EpochMs): Customer => {
  const [root, alias] = ids[0] < ids[1] ? ids : [ids[1], ids[0]];
  return unseenAlias(store, alias, root, now);
};
