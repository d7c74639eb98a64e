import type { IntakeStore } from '../../shared/ports/order-store.ts';
import type { Secrets } from '../../shared/ports/secrets.ts';
import type { StoreCatalogue } from '../../shared/ports/store-settings.ts';

/** Ids and codes only. */
export type IngestLog = Readonly<{ warn(message: string, fields: Readonly<Record<string, string>>): void }>;

/** What ingest asks of the world. */
export type IngestDeps = Readonly<{
  secrets: Pick<Secrets, 'storeSecrets'>;
  intake: Pick<IntakeStore, 'putOrder' | 'putRefund' | 'putEvent' | 'quarantine' | 'loadOrder'>;
  stores: Pick<StoreCatalogue, 'settings'>;
  log: IngestLog;
}>;
