import { memoryCustomerStore } from '../../../../shared/adapters/memory/memory-customer-store.ts';
import { memoryDefinitionStore } from '../../../../shared/adapters/memory/memory-definition-store.ts';
import { memoryDueIndex } from '../../../../shared/adapters/memory/memory-due-index.ts';
import { memoryIdentityStore } from '../../../../shared/adapters/memory/memory-identity-store.ts';
import { memoryIntakeStore } from '../../../../shared/adapters/memory/memory-intake-store.ts';
import { memorySendLedger } from '../../../../shared/adapters/memory/memory-send-ledger.ts';
import { memoryStoreCatalogue } from '../../../../shared/adapters/memory/memory-store-catalogue.ts';
import { memorySuppressionList } from '../../../../shared/adapters/memory/memory-suppression-list.ts';
import type { MemoryTable } from '../../../../shared/adapters/memory/memory-table.ts';

/** The stores over one table, before anything goes wrong. */
export const makePorts = (table: MemoryTable) => ({
  intake: memoryIntakeStore(table),
  identities: memoryIdentityStore(table),
  customers: memoryCustomerStore(table),
  ledger: memorySendLedger(table),
  due: memoryDueIndex(table),
  catalogue: memoryStoreCatalogue(table),
  definitions: memoryDefinitionStore(table),
  suppressions: memorySuppressionList(table),
});

export type Ports = ReturnType<typeof makePorts>;

/** The deployment's key of every simulated shop. */
export const deploymentKey: Uint8Array = new Uint8Array(32).fill(7);
