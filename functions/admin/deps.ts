import type { CustomerStore } from '../../shared/ports/customer-store.ts';
import type { Definitions } from '../../shared/ports/definition-store.ts';
import type { IdentityStore } from '../../shared/ports/identity-store.ts';
import type { IntakeStore } from '../../shared/ports/order-store.ts';
import type { Secrets } from '../../shared/ports/secrets.ts';
import type { Counters, StoreCatalogue } from '../../shared/ports/store-settings.ts';

export type AdminDeps = Readonly<{
  customers: Pick<CustomerStore, 'load' | 'list'>;
  identities: Pick<IdentityStore, 'find'>;
  intake: Pick<IntakeStore, 'listQuarantine'>;
  stores: Pick<StoreCatalogue, 'settings'>;
  definitions: Definitions;
  counters: Counters;
  secrets: Pick<Secrets, 'deploymentKey'>;
}>;
