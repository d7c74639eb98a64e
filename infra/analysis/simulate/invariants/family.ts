import { identityKey } from '../../../../shared/adapters/dynamodb/keys.ts';
import type { Customer } from '../../../../shared/domain/customers/customer.ts';
import { emailIdentity } from '../../../../shared/domain/identity/identities.ts';
import type { RecordedTable } from '../engine/recorded-table.ts';
import { deploymentKey } from '../system/ports.ts';
import { customersIn } from './rows.ts';
import type { Group } from './truth.ts';

/** The customers a group of identities leads to in the table: one root, when all is well. */
export const rootsOf = (table: RecordedTable, { identities }: Group): readonly Customer[] => {
  const customers = new Map(customersIn(table).map((customer) => [customer.customerId, customer]));
  const rootOf = (id: string): Customer | undefined => {
    const customer = customers.get(id);
    return customer?.mergedInto === undefined ? customer : rootOf(customer.mergedInto);
  };
  const owners = [...identities].flatMap(
    (identity) => table.get('IDENT', identityKey('demo', keyed(identity)))?.owner ?? [],
  );
  return [...new Set(owners.flatMap((owner) => rootOf(owner) ?? []))];
};

const keyed = (identity: string): string =>
  identity.startsWith('email:') ? emailIdentity(deploymentKey, 'demo', identity.slice('email:'.length)) : identity;
