import { afterAll, beforeAll, describe } from 'vitest';
import { dynamoCustomerStore } from '../../shared/adapters/dynamodb/customer/customer-store.ts';
import { dynamoErasureLog } from '../../shared/adapters/dynamodb/log/erasure-log.ts';
import { dynamoRestores } from '../../shared/adapters/dynamodb/store/restores.ts';
import { dynamoStoreCatalogue } from '../../shared/adapters/dynamodb/store-catalogue.ts';
import type { ShardedTable } from '../../shared/adapters/dynamodb/table.ts';
import { memoryCustomerStore } from '../../shared/adapters/memory/memory-customer-store.ts';
import { memoryErasureLog } from '../../shared/adapters/memory/memory-erasure-log.ts';
import { memoryStoreCatalogue } from '../../shared/adapters/memory/memory-store-catalogue.ts';
import { type MemoryTable, memoryTable } from '../../shared/adapters/memory/memory-table.ts';
import { memoryRestores } from '../../shared/adapters/memory/store/memory-restores.ts';
import { type DynamoServer, dynamoMissing, startDynamo } from '../support/dynoxide.ts';
import { erasureLogContract, narrowingContract, restoresContract } from './restore-contract.ts';

const inMemory = (table: MemoryTable) => ({
  log: memoryErasureLog(),
  restores: memoryRestores(table),
  catalogue: memoryStoreCatalogue(table),
  customers: memoryCustomerStore(table),
});

const inDynamo = (table: ShardedTable): ReturnType<typeof inMemory> => ({
  log: dynamoErasureLog(table),
  restores: dynamoRestores(table),
  catalogue: dynamoStoreCatalogue(table),
  customers: dynamoCustomerStore(table),
});

const contracts = (open: () => Promise<ReturnType<typeof inMemory>>): void => {
  describe('erasure log', () => erasureLogContract(async () => (await open()).log));
  describe('restores', () => restoresContract(open));
  describe('choices put back', () => narrowingContract(async () => (await open()).customers));
};

describe('after a restore, in memory', () => contracts(async () => inMemory(memoryTable())));

describe.skipIf(dynamoMissing)(`after a restore, in DynamoDB ${dynamoMissing ?? ''}`, () => {
  let server: DynamoServer;
  beforeAll(async () => {
    server = await startDynamo();
  });
  afterAll(() => server.stop());
  contracts(async () => inDynamo(await server.open()));
});
