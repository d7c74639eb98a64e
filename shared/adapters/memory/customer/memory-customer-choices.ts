import { noContact } from '../../../domain/customers/contact.ts';
import type { CustomerStore } from '../../../ports/customer-store.ts';
import { customerPk, customerSk } from '../../dynamodb/keys.ts';
import type { MemoryTable } from '../memory-table.ts';

type Choices = Pick<CustomerStore, 'confirmConsent' | 'putPreferences'>;

export const memoryCustomerChoices = (table: MemoryTable): Choices => {
  const keyOf = (store: string, customerId: string) => ({ pk: customerPk(store, customerId), sk: customerSk.contact });
  return {
    async confirmConsent(store, customerId, confirmed) {
      const there = table.get('CONTACT', keyOf(store, customerId)) ?? noContact;
      if (there.confirmed !== undefined && there.confirmed.at >= confirmed.at) return;
      table.put('CONTACT', keyOf(store, customerId), { ...there, confirmed, version: there.version + 1 });
    },
    async putPreferences(store, customerId, { topicsOff = [], monthlySince }) {
      const { monthlySince: _before, ...there } = table.get('CONTACT', keyOf(store, customerId)) ?? noContact;
      const monthly = monthlySince === undefined ? {} : { monthlySince };
      table.put('CONTACT', keyOf(store, customerId), { ...there, topicsOff, ...monthly, version: there.version + 1 });
    },
  };
};
