import type { Customer } from '../../../domain/customers/customer.ts';
import type { CustomerStore, SaveOutcome } from '../../../ports/customer-store.ts';
import { ifLaterVersion, ifVersionBefore, putItem } from '../conditional.ts';
import { writeCustomer } from '../items/customer-item.ts';
import { writeOrderRow } from '../items/order-row-item.ts';
import { customerPk, customerSk } from '../keys.ts';
import { dueAttributes, type ShardedTable } from '../table.ts';
import { customerChoices } from './customer-choices.ts';
import { loadCustomerFile } from './customer-file.ts';
import { enrolmentTriggers } from './enrolment-triggers.ts';
import { enrolments } from './enrolments.ts';
import { liftings } from './liftings.ts';
import { listCustomers } from './list-customers.ts';
import { loadManyCustomers } from './load-many-customers.ts';
import { noteClick } from './note-click.ts';
import { restrictContact } from './restrict-contact.ts';

const saveCustomer = async (table: ShardedTable, customer: Customer): Promise<SaveOutcome> => {
  const key = { pk: customerPk(customer.store, customer.customerId), sk: customerSk.customer };
  const due = dueAttributes(table, key, { kind: 'customer', at: customer.wakeAt });
  const written = await putItem(table, writeCustomer(customer, due), ifVersionBefore(customer.version));
  return written.type === 'written' ? { type: 'saved' } : { type: 'stale' };
};

export const dynamoCustomerStore = (table: ShardedTable): CustomerStore => ({
  ...enrolmentTriggers(table),
  ...enrolments(table),
  load: (store, customerId, extent) => loadCustomerFile(table, store, customerId, extent),
  loadMany: (store, ids) => loadManyCustomers(table, store, ids),
  save: (customer) => saveCustomer(table, customer),
  list: (store, page) => listCustomers(table, store, page),
  restrictContact: (store, customerId, restriction) => restrictContact(table, store, customerId, restriction),
  ...customerChoices(table),
  ...liftings(table),
  noteClick: (store, customerId, at) => noteClick(table, store, customerId, at),
  async putOrderRow(store, customerId, row) {
    await putItem(table, writeOrderRow(customerPk(store, customerId), row), ifLaterVersion(row.version));
  },
});
