import type { CustomerStore } from '../../shared/ports/customer-store.ts';
import type { Definitions } from '../../shared/ports/definition-store.ts';
import type { Mailer } from '../../shared/ports/mailer.ts';
import type { KillSwitch } from '../../shared/ports/pacing.ts';
import type { Secrets } from '../../shared/ports/secrets.ts';
import type { SendLedger } from '../../shared/ports/send-ledger.ts';
import type { StoreCatalogue, SuppressionList } from '../../shared/ports/store-settings.ts';
import type { MarketingGate } from './gate/marketing-gate.ts';
import type { Pacer } from './gate/pacer.ts';

/** What send asks of the world. The handler wires all of it; without the last three, customers' own guardrails alone decide. */
export type SendDeps = Readonly<{
  customers: Pick<CustomerStore, 'load'>;
  ledger: SendLedger;
  catalogue: Pick<StoreCatalogue, 'settings'>;
  definitions: Pick<Definitions, 'adopted'>;
  suppressions: Pick<SuppressionList, 'find'>;
  secrets: Pick<Secrets, 'deploymentKey'>;
  mailer: Mailer;
  killSwitch?: KillSwitch;
  gate?: MarketingGate;
  pacer?: Pacer;
  /** Public base address of unsubscribe links where the store names none. */
  apiUrl: string;
  log: Readonly<{ error(message: string, fields: Readonly<Record<string, string>>): void }>;
}>;
