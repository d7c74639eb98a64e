import type { CustomerStore } from '../../shared/ports/customer-store.ts';
import type { Definitions } from '../../shared/ports/definition-store.ts';
import type { Mailer } from '../../shared/ports/mailer.ts';
import type { Secrets } from '../../shared/ports/secrets.ts';
import type { SendLedger } from '../../shared/ports/send-ledger.ts';
import type { StoreCatalogue, SuppressionList } from '../../shared/ports/store-settings.ts';

/** What send asks of the world. */
export type SendDeps = Readonly<{
  customers: Pick<CustomerStore, 'load'>;
  ledger: SendLedger;
  catalogue: Pick<StoreCatalogue, 'settings'>;
  definitions: Pick<Definitions, 'adopted'>;
  suppressions: Pick<SuppressionList, 'find'>;
  secrets: Pick<Secrets, 'deploymentKey'>;
  mailer: Mailer;
  /** Public base address of unsubscribe links where the store names none. */
  apiUrl: string;
  log: Readonly<{ error(message: string, fields: Readonly<Record<string, string>>): void }>;
}>;
