import type { Customer, CustomerId } from '../../shared/domain/customers/customer.ts';
import { isRootOver } from '../../shared/domain/identity/identities.ts';
import type { StoreId, StoreSettings } from '../../shared/domain/store.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import { loadFamily } from '../family/customer-family.ts';
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
      : await link(deps, store.id, kept, lost);
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
): Promise<CustomerId> => {
  const [left, right] = await Promise.all([a, b].map((id) => loadFamily(deps.customers, store, id, 'decision')));
  if (left?.root.customer === undefined || right?.root.customer === undefined || left.rootId === right.rootId) return b;
  const [root, alias] = isRootOver(left.root.customer, right.root.customer)
    ? [left.root.customer, right.root.customer]
    : [right.root.customer, left.root.customer];
  await deps.customers.save(asAlias(alias, root.customerId));
  return alias.customerId;
};

const asAlias = ({ wakeAt: _wakeAt, ...alias }: Customer, root: CustomerId): Customer => ({
  ...alias,
  version: alias.version + 1,
  mergedInto: root,
});
