import { noContact } from '../../../domain/customers/contact.ts';
import { narrowerChoice } from '../../../domain/restore/narrower-choice.ts';
import type { CustomerStore } from '../../../ports/customer-store.ts';
import { customerPk, customerSk, type ItemKey } from '../../dynamodb/keys.ts';
import type { MemoryTable } from '../memory-table.ts';

type Choices = Pick<CustomerStore, 'confirmConsent' | 'putPreferences' | 'narrowPreferences'>;

type Preferences = Parameters<CustomerStore['putPreferences']>[2];

export const memoryCustomerChoices = (table: MemoryTable): Choices => {
  const keyOf = (store: string, customerId: string) => ({ pk: customerPk(store, customerId), sk: customerSk.contact });
  const put = (key: ItemKey, { topicsOff = [], monthlySince, chosenAt }: Preferences): void => {
    const { monthlySince: _since, chosenAt: _at, ...there } = table.get('CONTACT', key) ?? noContact;
    const dates = { ...(monthlySince !== undefined && { monthlySince }), ...(chosenAt !== undefined && { chosenAt }) };
    table.put('CONTACT', key, { ...there, topicsOff, ...dates, version: there.version + 1 });
  };
  return {
    async confirmConsent(store, customerId, confirmed) {
      const there = table.get('CONTACT', keyOf(store, customerId)) ?? noContact;
      if (there.confirmed !== undefined && there.confirmed.at >= confirmed.at) return;
      table.put('CONTACT', keyOf(store, customerId), { ...there, confirmed, version: there.version + 1 });
    },
    putPreferences: async (store, customerId, preferences) => put(keyOf(store, customerId), preferences),
    async narrowPreferences(store, customerId, logged) {
      const key = keyOf(store, customerId);
      const narrowed = narrowerChoice(table.get('CONTACT', key) ?? noContact, logged);
      if (narrowed !== undefined) put(key, narrowed);
    },
  };
};
