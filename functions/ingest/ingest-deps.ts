import type { Log } from '../../shared/ports/log.ts';
import type { IntakeStore } from '../../shared/ports/order-store.ts';
import type { Secrets } from '../../shared/ports/secrets.ts';
import type { StoreCatalogue } from '../../shared/ports/store-settings.ts';

/** What ingest asks of the world. */
export type IngestDeps = Readonly<{
  secrets: Pick<Secrets, 'storeSecrets'>;
  intake: Pick<IntakeStore, 'putOrder' | 'putRefund' | 'putEvent' | 'quarantine' | 'loadOrder'>;
  stores: Pick<StoreCatalogue, 'settings'>;
  log: Pick<Log, 'warn' | 'error'>;
}>;
