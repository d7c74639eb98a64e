import type { CustomerId } from '../domain/customers/customer.ts';
import type { StoreId } from '../domain/store.ts';

/** `identity` is `source:externalId` or `email:<keyed hash>`. */
export interface IdentityStore {
  /** Eventually consistent: an answer of `undefined` is settled by `claim`. */
  find(store: StoreId, identity: string): Promise<CustomerId | undefined>;
  /**
   * Puts the identity if it is nobody's, or takes it over from one of these, who were erased; answers who owns it now.
   * One write: in between it would be nobody's, and the next to ask would be somebody new.
   */
  claim(store: StoreId, identity: string, customerId: CustomerId, from?: readonly CustomerId[]): Promise<CustomerId>;
}
