import type { CustomerId } from '../../shared/domain/customers/customer.ts';
import { LifecycleError } from '../../shared/domain/errors.ts';
import type { StoreId } from '../../shared/domain/store.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { CustomerStore } from '../../shared/ports/customer-store.ts';

const maxAttempts = 8;

/**
 * Has relay look at a customer again, aliases and the erased too: a mark on the customer, which the stream brings behind every
 * change it still holds, so that what is missing then is missing for good. It is made before anything else is decided, so that
 * what stands is told as it stood.
 */
export const tellAgain = async (
  customers: Pick<CustomerStore, 'load' | 'save'>,
  store: StoreId,
  customerId: CustomerId,
  retellAt: EpochMs,
): Promise<void> => {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const { customer } = await customers.load(store, customerId, 'decision');
    if (customer === undefined || (customer.retoldAt ?? 0) >= retellAt) return;
    const marked = { ...customer, version: customer.version + 1, retoldAt: retellAt };
    if ((await customers.save(marked)).type === 'saved') return;
  }
  throw new LifecycleError(
    'write.contended',
    `cannot tell a customer again: 'version' must stand still, got ${maxAttempts} conflicts`,
    { key: customerId, attempts: maxAttempts },
  );
};
