import type { Customer, CustomerId } from '../../../shared/domain/customers/customer.ts';
import type { StoreId } from '../../../shared/domain/store.ts';
import type { CustomerFile, FileExtent } from '../../../shared/ports/customer-store.ts';
import type { AdminDeps } from '../deps.ts';
import { gone, notFound, type ProblemAnswer } from '../problem-answer.ts';

export const unknownCustomer: ProblemAnswer = notFound('the store has no such customer');

export type FoundCustomer = Readonly<{ type: 'found'; customer: Customer; file: CustomerFile }>;

const maxLinks = 8;

/** The customer's file; a merged one leads to its root, an erased one is gone. */
export const findCustomer = async (
  deps: Pick<AdminDeps, 'customers'>,
  store: StoreId,
  id: CustomerId,
  extent: FileExtent,
  links = 0,
): Promise<FoundCustomer | ProblemAnswer> => {
  const file = await deps.customers.load(store, id, extent);
  const { customer } = file;
  if (customer === undefined) return unknownCustomer;
  if (customer.erasedAt !== undefined) return gone('this customer was erased', 'erased');
  if (customer.mergedInto === undefined) return { type: 'found', customer, file };
  if (links >= maxLinks) return unknownCustomer;
  return findCustomer(deps, store, customer.mergedInto, extent, links + 1);
};
