import type { CustomerStore } from '../../shared/ports/customer-store.ts';
import type { Definitions } from '../../shared/ports/definition-store.ts';
import type { IdentityStore } from '../../shared/ports/identity-store.ts';
import type { IntakeStore } from '../../shared/ports/order-store.ts';
import type { Secrets } from '../../shared/ports/secrets.ts';
import type { StoreCatalogue, SuppressionList } from '../../shared/ports/store-settings.ts';

/** What react asks of the world. */
export type ReactDeps = Readonly<{
  intake: IntakeStore;
  identities: IdentityStore;
  customers: CustomerStore;
  catalogue: StoreCatalogue;
  definitions: Definitions;
  suppressions: SuppressionList;
  secrets: Pick<Secrets, 'deploymentKey'>;
}>;
