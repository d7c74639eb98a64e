import type { CustomerRoll } from '../../shared/ports/customer-roll.ts';
import type { CustomerStore } from '../../shared/ports/customer-store.ts';
import type { DefinitionStore } from '../../shared/ports/definition-store.ts';
import type { IdentityStore } from '../../shared/ports/identity-store.ts';
import type { IntakeStore } from '../../shared/ports/order-store.ts';
import type { KillSwitch } from '../../shared/ports/pacing.ts';
import type { ReactCalls } from '../../shared/ports/react-calls.ts';
import type { Restores } from '../../shared/ports/restores.ts';
import type { Secrets } from '../../shared/ports/secrets.ts';
import type { Counters, StoreCatalogue, SuppressionList } from '../../shared/ports/store-settings.ts';

import type { RebaseDeps } from '../definitions/start-rebase.ts';
import type { ReconcileDeps } from '../definitions/start-reconcile.ts';

export type AdminDeps = RebaseDeps &
  ReconcileDeps &
  Readonly<{
    customers: Pick<CustomerStore, 'load' | 'loadMany' | 'list'>;
    identities: Pick<IdentityStore, 'find'>;
    intake: Pick<IntakeStore, 'listQuarantine' | 'loadOrder'>;
    react: ReactCalls;
    stores: Pick<StoreCatalogue, 'settings'>;
    definitions: DefinitionStore;
    roll: CustomerRoll;
    counters: Counters;
    secrets: Pick<Secrets, 'deploymentKey'>;
    restores: Pick<Restores, 'load' | 'save'>;
    killSwitch: KillSwitch;
    suppressions: Pick<SuppressionList, 'find'>;
  }>;
