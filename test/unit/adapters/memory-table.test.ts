import { describe, expect, it } from 'vitest';
import { memoryCustomerStore } from '../../../shared/adapters/memory/memory-customer-store.ts';
import { memoryTable } from '../../../shared/adapters/memory/memory-table.ts';
import { sampleCustomer } from '../../support/samples.ts';

describe('memory table', () => {
  it('shares nothing with who wrote, and hands out what nobody can change', async () => {
    const customers = memoryCustomerStore(memoryTable());
    const identities = ['shopify:1'];
    const customer = sampleCustomer({ identities });
    await customers.save(customer);
    identities.push('shopify:2');
    const { customer: read } = await customers.load(customer.store, customer.customerId, 'decision');
    expect(read?.identities).toEqual(['shopify:1']);
    expect(Object.isFrozen(read) && Object.isFrozen(read?.identities) && Object.isFrozen(read?.history.recent)).toBe(
      true,
    );
    expect(Object.isFrozen(identities)).toBe(false);
  });
});
