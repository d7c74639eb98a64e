import type { CustomerId } from '../../shared/domain/customers/customer.ts';
import { mintCustomerId } from '../../shared/domain/identity/identities.ts';
import type { StoreId } from '../../shared/domain/store.ts';
import type { ReactDeps } from './deps.ts';

/**
 * Whose the identities are. The strongest known one decides; where none is known the first names a new customer, the same
 * one for everybody who sees it first. The identities are claimed once the customer is read.
 */
export const resolveCustomer = async (
  { identities: store }: Pick<ReactDeps, 'identities'>,
  storeId: StoreId,
  identities: readonly string[],
): Promise<CustomerId | undefined> => {
  for (const identity of identities) {
    const known = await store.find(storeId, identity);
    if (known !== undefined) return known;
  }
  const [first] = identities;
  return first === undefined ? undefined : mintCustomerId(storeId, first);
};
