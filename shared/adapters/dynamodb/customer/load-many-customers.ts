import type { Customer, CustomerId } from '../../../domain/customers/customer.ts';
import type { StoreId } from '../../../domain/store.ts';
import { getMany } from '../get-many.ts';
import { readCustomer } from '../items/customer-item.ts';
import { customerPk, customerSk } from '../keys.ts';
import type { DynamoTable } from '../table.ts';

/** Half a read unit each, and a hundredth of the requests that single ones would take. */
export const loadManyCustomers = async (
  table: DynamoTable,
  store: StoreId,
  ids: readonly CustomerId[],
): Promise<readonly Customer[]> => {
  const keys = ids.map((id) => ({ pk: customerPk(store, id), sk: customerSk.customer }));
  const found: Customer[] = [];
  await getMany(table, keys, { consistent: false }, (item) => void found.push(readCustomer(item)));
  return found;
};
