import type { CustomerId } from '../domain/customers/customer.ts';
import type { StoreId } from '../domain/store.ts';

/** `identity` is `source:externalId` or `email:<keyed hash>`. */
export interface IdentityStore {
  /** Eventually consistent: an answer of `undefined` is settled by `claim`. */
  find(store: StoreId, identity: string): Promise<CustomerId | undefined>;
  /** Puts the identity if absent; answers who owns it now. */
  claim(store: StoreId, identity: string, customerId: CustomerId): Promise<CustomerId>;
  /**
   * Points an identity to nobody, if it belongs to one of these, so that whoever comes after an erasure may claim it. The row
   * stays and remembers the last owner.
   */
  release(store: StoreId, identity: string, from: readonly CustomerId[]): Promise<void>;
}
