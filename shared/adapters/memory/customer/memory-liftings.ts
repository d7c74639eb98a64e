import type { CustomerStore } from '../../../ports/customer-store.ts';
import { customerPk, customerSk } from '../../dynamodb/keys.ts';
import type { MemoryTable } from '../memory-table.ts';

export const memoryLiftings = (table: MemoryTable): Pick<CustomerStore, 'putLifting' | 'redactLifting'> => ({
  async putLifting(store, customerId, lifting) {
    const key = { pk: customerPk(store, customerId), sk: customerSk.lifting(lifting.at) };
    if (table.get('LIFTING', key) === undefined) table.put('LIFTING', key, lifting);
  },
  async redactLifting(store, customerId, { at }) {
    const key = { pk: customerPk(store, customerId), sk: customerSk.lifting(at) };
    const there = table.get('LIFTING', key);
    if (there === undefined) return;
    const { because: _, ...rest } = there;
    table.put('LIFTING', key, rest);
  },
});
