import { generationAfter } from '../../shared/domain/customers/generation.ts';
import type { StoreId } from '../../shared/domain/store.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import type { CustomerFile, CustomerStore } from '../../shared/ports/customer-store.ts';

/**
 * Whoever was erased and came back is another customer, whom the links in older mails do not name. An opt-out by such a link
 * holds for the life that followed: told on from life to life, since each writes a CONTACT that comes by here.
 */
export const passOptOutOn = async (
  customers: Pick<CustomerStore, 'load' | 'restrictContact'>,
  store: StoreId,
  { customer }: Pick<CustomerFile, 'customer'>,
  optedOutAt: EpochMs | undefined,
): Promise<void> => {
  // What was said before the erasure is about that life alone.
  const erasedAt = customer?.erasedAt;
  if (customer === undefined || erasedAt === undefined || optedOutAt === undefined || optedOutAt <= erasedAt) return;
  const next = generationAfter({ ...customer, erasedAt }).customerId;
  const later = await customers.load(store, next, 'decision');
  if (later.customer !== undefined) await customers.restrictContact(store, next, { optedOutAt });
};
