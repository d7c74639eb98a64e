import type { Customer, CustomerId } from '../../shared/domain/customers/customer.ts';
import { linkedTo, unseenAlias } from '../../shared/domain/identity/alias.ts';
import { isRootOver } from '../../shared/domain/identity/identities.ts';
import type { StoreId, StoreSettings } from '../../shared/domain/store.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import { type CustomerFamily, loadFamily } from '../family/customer-family.ts';
import type { ReactDeps } from './deps.ts';
import { lookAt } from './look-at.ts';

/** The platform says two of its customers are one. Where only one is known here, the other's identity joins it. */
export const linkCustomers = async (
  deps: ReactDeps,
  store: StoreSettings,
  [keep, lose]: readonly [string, string],
  now: EpochMs,
): Promise<void> => {
  const [kept, lost] = await Promise.all([deps.identities.find(store.id, keep), deps.identities.find(store.id, lose)]);
  const known = kept ?? lost;
  if (known === undefined) return;
  const start =
    kept === undefined || lost === undefined
      ? await adopt(deps, store.id, kept === undefined ? keep : lose, known)
      : await link(deps, store.id, kept, lost, now);
  await lookAt(deps, store, start, [], now);
};

const adopt = (deps: ReactDeps, store: StoreId, identity: string, customerId: CustomerId): Promise<CustomerId> =>
  deps.identities.claim(store, identity, customerId);

/**
 * Makes two customers one: the younger root points to the older, leaves the due index, and the next look at the root folds
 * its orders. The link is one conditional write; a stale one is found by reading again.
 *
 * @returns The customer to read from next: the alias, because it leads to the root even before the root names it.
 */
export const link = async (
  deps: Pick<ReactDeps, 'customers'>,
  store: StoreId,
  a: CustomerId,
  b: CustomerId,
  now: EpochMs,
): Promise<CustomerId> => {
  const [left, right] = await Promise.all([a, b].map((id) => loadFamily(deps.customers, store, id, 'decision')));
  if (left === undefined || right === undefined || left.rootId === right.rootId) return b;
  const alias = aliasOf(store, left, right, now);
  if (alias === undefined) return b;
  await deps.customers.save(alias);
  return alias.customerId;
};

/** The younger of two roots, pointing to the older. One that was named but never written becomes the other's at once. */
const aliasOf = (store: StoreId, left: CustomerFamily, right: CustomerFamily, now: EpochMs): Customer | undefined => {
  const [one, other] = [left.root.customer, right.root.customer];
  if (one === undefined) return other && unseenAlias(store, left.rootId, other.customerId, now);
  if (other === undefined) return unseenAlias(store, right.rootId, one.customerId, now);
  return isRootOver(one, other) ? linkedTo(other, one.customerId) : linkedTo(one, other.customerId);
};
