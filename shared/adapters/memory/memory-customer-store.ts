import { noContact } from '../../domain/customers/contact.ts';
import type { Customer } from '../../domain/customers/customer.ts';
import type { CustomerFile, CustomerStore, SaveOutcome } from '../../ports/customer-store.ts';
import { customerPk, customerSk } from '../dynamodb/keys.ts';
import { memoryContactRestriction } from './customer/memory-contact-restriction.ts';
import { memoryCustomerChoices } from './customer/memory-customer-choices.ts';
import { memoryCustomerList } from './customer/memory-customer-list.ts';
import { memoryEnrolmentTriggers } from './customer/memory-enrolment-triggers.ts';
import { memoryEnrolments } from './customer/memory-enrolments.ts';
import { memoryLiftings } from './customer/memory-liftings.ts';
import type { MemoryTable, Row } from './memory-table.ts';

const fileOf = (rows: readonly Row[]): CustomerFile => {
  const customer = rows.flatMap((row) => (row.entity === 'CUSTOMER' ? [row.value] : []))[0];
  return {
    ...(customer && { customer }),
    contact: rows.flatMap((row) => (row.entity === 'CONTACT' ? [row.value] : []))[0] ?? noContact,
    orderRows: rows.flatMap((row) => (row.entity === 'ORDER_ROW' ? [row.value] : [])),
    enrolments: rows.flatMap((row) => (row.entity === 'ENROL' ? [row.value] : [])),
    sends: rows.flatMap((row) => (row.entity === 'SEND' ? [row.value] : [])),
    visits: rows.flatMap((row) => (row.entity === 'VISIT' ? [row.value] : [])),
    consents: rows.flatMap((row) => (row.entity === 'CONSENT' ? [row.value] : [])),
    liftings: rows.flatMap((row) => (row.entity === 'LIFTING' ? [row.value] : [])),
  };
};

const inDecision = ({ key: { sk } }: Row): boolean => sk >= 'CONTACT' && sk <= 'O#~';

const saveCustomer = (table: MemoryTable, customer: Customer): SaveOutcome => {
  const key = { pk: customerPk(customer.store, customer.customerId), sk: customerSk.customer };
  if ((table.get('CUSTOMER', key)?.version ?? 0) !== customer.version - 1) return { type: 'stale' };
  const { wakeAt } = customer;
  table.put('CUSTOMER', key, customer, wakeAt === undefined ? undefined : { kind: 'customer', at: wakeAt });
  return { type: 'saved' };
};

export const memoryCustomerStore = (table: MemoryTable): CustomerStore => {
  const { restrictContact } = memoryContactRestriction(table);
  return {
    ...memoryEnrolmentTriggers(table),
    ...memoryEnrolments(table),
    ...memoryCustomerList(table),
    restrictContact,
    ...memoryCustomerChoices(table),
    ...memoryLiftings(table),
    async noteClick(store, customerId, at) {
      const key = { pk: customerPk(store, customerId), sk: customerSk.contact };
      const there = table.get('CONTACT', key);
      if (there === undefined || (there.lastClickAt ?? -1) >= at) return false;
      table.put('CONTACT', key, { ...there, version: there.version + 1, lastClickAt: at });
      return true;
    },
    async load(store, customerId, extent) {
      const rows = table.partition(customerPk(store, customerId));
      return fileOf(extent === 'whole' ? rows : rows.filter(inDecision));
    },
    async loadMany(store, ids) {
      return ids.flatMap((id) => table.get('CUSTOMER', { pk: customerPk(store, id), sk: customerSk.customer }) ?? []);
    },
    async save(customer) {
      return saveCustomer(table, customer);
    },
    async putOrderRow(store, customerId, row) {
      const key = { pk: customerPk(store, customerId), sk: customerSk.orderRow(row.key) };
      const there = table.get('ORDER_ROW', key);
      if (there === undefined || there.version < row.version) table.put('ORDER_ROW', key, row);
    },
  };
};
