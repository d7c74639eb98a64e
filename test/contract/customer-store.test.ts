import { afterAll, beforeAll, describe } from 'vitest';
import { dynamoCounters } from '../../shared/adapters/dynamodb/counters.ts';
import { dynamoCustomerStore } from '../../shared/adapters/dynamodb/customer/customer-store.ts';
import { dynamoDueIndex } from '../../shared/adapters/dynamodb/due-index.ts';
import { memoryCounters } from '../../shared/adapters/memory/memory-counters.ts';
import { memoryCustomerStore } from '../../shared/adapters/memory/memory-customer-store.ts';
import { memoryDueIndex } from '../../shared/adapters/memory/memory-due-index.ts';
import { memoryTable } from '../../shared/adapters/memory/memory-table.ts';
import { type DynamoServer, dynamoMissing, startDynamo } from '../support/dynoxide.ts';
import { customerCareContract } from './customer-care-contract.ts';
import { type CustomerWorld, customerStoreContract } from './customer-store-contract.ts';

const contracts = (open: () => Promise<CustomerWorld>): void => {
  customerStoreContract(open);
  customerCareContract(open);
};

describe('customer store in memory', () =>
  contracts(async () => {
    const table = memoryTable();
    return { customers: memoryCustomerStore(table), due: memoryDueIndex(table), counters: memoryCounters(table) };
  }));

describe.skipIf(dynamoMissing)(`customer store in DynamoDB ${dynamoMissing ?? ''}`, () => {
  let server: DynamoServer;
  beforeAll(async () => {
    server = await startDynamo();
  });
  afterAll(() => server.stop());
  contracts(async () => {
    const table = await server.open();
    return { customers: dynamoCustomerStore(table), due: dynamoDueIndex(table), counters: dynamoCounters(table) };
  });
});
