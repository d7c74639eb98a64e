import { noContact } from '../../../domain/customers/contact.ts';
import type { CustomerStore } from '../../../ports/customer-store.ts';
import { customerPk, customerSk } from '../../dynamodb/keys.ts';
import type { MemoryTable } from '../memory-table.ts';

const dates = ['optedOutAt', 'complainedAt', 'suppressedAt', 'liftedAt', 'erasedAt'] as const;

export const memoryContactRestriction = (table: MemoryTable): Pick<CustomerStore, 'restrictContact'> => ({
  async restrictContact(store, customerId, restriction) {
    const key = { pk: customerPk(store, customerId), sk: customerSk.contact };
    const there = table.get('CONTACT', key) ?? noContact;
    const later = dates.filter((date) => (restriction[date] ?? -1) > (there[date] ?? -1));
    if (later.length === 0) return;
    const moved = Object.fromEntries(later.map((date) => [date, restriction[date]]));
    const by = later.includes('suppressedAt') && restriction.suppressedBy;
    table.put('CONTACT', key, { ...there, ...moved, ...(by && { suppressedBy: by }), version: there.version + 1 });
  },
});
