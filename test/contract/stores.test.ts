import { afterAll, beforeAll, describe } from 'vitest';
import { dynamoCounters, dynamoMailHealth } from '../../shared/adapters/dynamodb/counters.ts';
import { dynamoCustomerStore } from '../../shared/adapters/dynamodb/customer/customer-store.ts';
import { dynamoDefinitionStore } from '../../shared/adapters/dynamodb/definition-store.ts';
import { dynamoDueIndex } from '../../shared/adapters/dynamodb/due-index.ts';
import { dynamoIdentityStore } from '../../shared/adapters/dynamodb/identity-store.ts';
import { dynamoIntakeStore } from '../../shared/adapters/dynamodb/intake-store.ts';
import { dynamoSendLedger } from '../../shared/adapters/dynamodb/send-ledger.ts';
import { dynamoBreakers } from '../../shared/adapters/dynamodb/store/breakers.ts';
import { dynamoCustomerRoll } from '../../shared/adapters/dynamodb/store/customer-roll.ts';
import { dynamoPaces } from '../../shared/adapters/dynamodb/store/paces.ts';
import { dynamoRebases } from '../../shared/adapters/dynamodb/store/rebases.ts';
import { dynamoReconciles } from '../../shared/adapters/dynamodb/store/reconciles.ts';
import { dynamoStoreList } from '../../shared/adapters/dynamodb/store/store-list.ts';
import { dynamoTableWalk } from '../../shared/adapters/dynamodb/store/table-walk.ts';
import { dynamoStoreCatalogue } from '../../shared/adapters/dynamodb/store-catalogue.ts';
import { dynamoSuppressionList } from '../../shared/adapters/dynamodb/suppression-list.ts';
import type { ShardedTable } from '../../shared/adapters/dynamodb/table.ts';
import { memoryCounters, memoryMailHealth } from '../../shared/adapters/memory/memory-counters.ts';
import { memoryCustomerStore } from '../../shared/adapters/memory/memory-customer-store.ts';
import { memoryDefinitionStore } from '../../shared/adapters/memory/memory-definition-store.ts';
import { memoryDueIndex } from '../../shared/adapters/memory/memory-due-index.ts';
import { memoryIdentityStore } from '../../shared/adapters/memory/memory-identity-store.ts';
import { memoryIntakeStore } from '../../shared/adapters/memory/memory-intake-store.ts';
import { memorySendLedger } from '../../shared/adapters/memory/memory-send-ledger.ts';
import { memoryStoreCatalogue } from '../../shared/adapters/memory/memory-store-catalogue.ts';
import { memorySuppressionList } from '../../shared/adapters/memory/memory-suppression-list.ts';
import { type MemoryTable, memoryTable } from '../../shared/adapters/memory/memory-table.ts';
import { memoryBreakers } from '../../shared/adapters/memory/store/memory-breakers.ts';
import { memoryCustomerRoll } from '../../shared/adapters/memory/store/memory-customer-roll.ts';
import { memoryPaces } from '../../shared/adapters/memory/store/memory-paces.ts';
import { memoryRebases } from '../../shared/adapters/memory/store/memory-rebases.ts';
import { memoryReconciles } from '../../shared/adapters/memory/store/memory-reconciles.ts';
import { memoryStoreList } from '../../shared/adapters/memory/store/memory-store-list.ts';
import { memoryTableWalk } from '../../shared/adapters/memory/store/memory-table-walk.ts';
import { type DynamoServer, dynamoMissing, startDynamo } from '../support/dynoxide.ts';
import { definitionStoreContract } from './definition-store-contract.ts';
import { intakeStoreContract } from './intake-store-contract.ts';
import { pacingContract } from './pacing-contract.ts';
import { reconcilesContract, tableWalkContract } from './reconcile-contract.ts';
import { sendLedgerContract } from './send-ledger-contract.ts';
import {
  dueIndexContract,
  identityStoreContract,
  storeCatalogueContract,
  suppressionListContract,
} from './small-stores-contract.ts';
import { customerRollContract, rebasesContract, storeListContract } from './store-wide-contract.ts';

const inMemory = (table: MemoryTable) => ({
  intake: memoryIntakeStore(table),
  identities: memoryIdentityStore(table),
  customers: memoryCustomerStore(table),
  ledger: memorySendLedger(table),
  due: memoryDueIndex(table),
  counters: memoryCounters(table),
  catalogue: memoryStoreCatalogue(table),
  definitions: memoryDefinitionStore(table),
  suppressions: memorySuppressionList(table),
  roll: memoryCustomerRoll(table),
  rebases: memoryRebases(table),
  reconciles: memoryReconciles(table),
  walk: memoryTableWalk(table),
  stores: memoryStoreList(table),
  breakers: memoryBreakers(table),
  paces: memoryPaces(table),
  health: memoryMailHealth(table),
});

const inDynamo = (table: ShardedTable): ReturnType<typeof inMemory> => ({
  intake: dynamoIntakeStore(table),
  identities: dynamoIdentityStore(table),
  customers: dynamoCustomerStore(table),
  ledger: dynamoSendLedger(table),
  due: dynamoDueIndex(table),
  counters: dynamoCounters(table),
  catalogue: dynamoStoreCatalogue(table),
  definitions: dynamoDefinitionStore(table),
  suppressions: dynamoSuppressionList(table),
  roll: dynamoCustomerRoll(table),
  rebases: dynamoRebases(table),
  reconciles: dynamoReconciles(table),
  walk: dynamoTableWalk(table),
  stores: dynamoStoreList(table),
  breakers: dynamoBreakers(table),
  paces: dynamoPaces(table),
  health: dynamoMailHealth(table),
});

const contracts = (open: (dueShards?: number) => Promise<ReturnType<typeof inMemory>>): void => {
  describe('intake', () => intakeStoreContract(async () => (await open()).intake));
  describe('identities', () => identityStoreContract(async () => (await open()).identities));
  describe('send ledger', () => sendLedgerContract(open));
  describe('due index', () => dueIndexContract(() => open(16)));
  describe('store catalogue', () => storeCatalogueContract(async () => (await open()).catalogue));
  describe('definitions', () => definitionStoreContract(async () => (await open()).definitions));
  describe('list of stores', () => storeListContract(() => open()));
  describe('customer roll', () => customerRollContract(() => open()));
  describe('rebases', () => rebasesContract(async () => (await open()).rebases));
  describe('reconciliations', () => reconcilesContract(async () => (await open()).reconciles));
  describe('walk through the table', () => tableWalkContract(() => open()));
  describe('pacing', () => pacingContract(() => open()));
  describe('suppression list', () => suppressionListContract(async () => (await open()).suppressions));
};

describe('stores in memory', () =>
  contracts(async (dueShards) => inMemory(memoryTable({ ...(dueShards !== undefined && { dueShards }) }))));

describe.skipIf(dynamoMissing)(`stores in DynamoDB ${dynamoMissing ?? ''}`, () => {
  let server: DynamoServer;
  beforeAll(async () => {
    server = await startDynamo();
  });
  afterAll(() => server.stop());
  contracts(async (due) => inDynamo(await server.open({ ...(due !== undefined && { due }), counter: 4 })));
});
