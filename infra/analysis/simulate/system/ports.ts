import { memoryCounters, memoryMailHealth } from '../../../../shared/adapters/memory/memory-counters.ts';
import { memoryCustomerStore } from '../../../../shared/adapters/memory/memory-customer-store.ts';
import { memoryDefinitionStore } from '../../../../shared/adapters/memory/memory-definition-store.ts';
import { memoryDueIndex } from '../../../../shared/adapters/memory/memory-due-index.ts';
import { memoryErasureLog } from '../../../../shared/adapters/memory/memory-erasure-log.ts';
import { memoryIdentityStore } from '../../../../shared/adapters/memory/memory-identity-store.ts';
import { memoryIntakeStore } from '../../../../shared/adapters/memory/memory-intake-store.ts';
import { memorySendLedger } from '../../../../shared/adapters/memory/memory-send-ledger.ts';
import { memoryStoreCatalogue } from '../../../../shared/adapters/memory/memory-store-catalogue.ts';
import { memorySuppressionList } from '../../../../shared/adapters/memory/memory-suppression-list.ts';
import type { MemoryTable } from '../../../../shared/adapters/memory/memory-table.ts';
import { memoryBreakers } from '../../../../shared/adapters/memory/store/memory-breakers.ts';
import { memoryCustomerRoll } from '../../../../shared/adapters/memory/store/memory-customer-roll.ts';
import { memoryPaces } from '../../../../shared/adapters/memory/store/memory-paces.ts';
import { memoryRebases } from '../../../../shared/adapters/memory/store/memory-rebases.ts';
import { memoryReconciles } from '../../../../shared/adapters/memory/store/memory-reconciles.ts';
import { memoryStoreList } from '../../../../shared/adapters/memory/store/memory-store-list.ts';
import { memoryTableWalk } from '../../../../shared/adapters/memory/store/memory-table-walk.ts';
import { firstAdoption } from '../../../../shared/domain/definitions/adoption.ts';
import type { StoreId, StoreSettings } from '../../../../shared/domain/store.ts';

/** The stores over one table, before anything goes wrong and before anybody remembers anything. */
export const makePorts = (table: MemoryTable) => {
  const definitions = memoryDefinitionStore(table);
  const catalogue = memoryStoreCatalogue(table);
  return {
    ...{ definitions, catalogue },
    intake: memoryIntakeStore(table),
    identities: memoryIdentityStore(table),
    customers: memoryCustomerStore(table),
    ledger: memorySendLedger(table),
    due: memoryDueIndex(table),
    suppressions: memorySuppressionList(table),
    roll: memoryCustomerRoll(table, rollShards),
    rebases: memoryRebases(table),
    reconciles: memoryReconciles(table),
    walk: memoryTableWalk(table),
    erasureLog: memoryErasureLog(),
    breakers: memoryBreakers(table),
    health: memoryMailHealth(table),
    paces: memoryPaces(table),
    stores: memoryStoreList(table),
    counters: memoryCounters(table),
    /** As one read of DynamoDB brings them. */
    settings: {
      async read(store: StoreId): Promise<StoreSettings | undefined> {
        const [settings, adoption] = await Promise.all([catalogue.settings(store, 0), definitions.adoption(store)]);
        const { lifecycle, fit } = adoption ?? firstAdoption;
        return settings && { ...settings, adopted: { lifecycle, fit } };
      },
    },
    versions: {
      adoption: definitions.adoption,
      lifecycle: async (store: StoreId, version: number) =>
        (await definitions.lifecycles(store)).find(({ lifecycle }) => lifecycle.version === version)?.lifecycle,
      fit: async (store: StoreId, version: number) =>
        (await definitions.fits(store)).find(({ fit }) => fit.version === version)?.fit,
    },
  };
};

/** Each page of a rebase is a call that may fail: as many as three people need. */
const rollShards = 2;

export type Ports = ReturnType<typeof makePorts>;

/** The deployment's key of every simulated shop. */
export const deploymentKey: Uint8Array = new Uint8Array(32).fill(7);
