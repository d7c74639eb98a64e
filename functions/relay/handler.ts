import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { wireBus, wireCustomerStore, wireErasureLog, wireLog, wireSecrets, wireSuppressionList } from '../wiring.ts';
import { relayRecords } from './relay-records.ts';

const deps = {
  customers: wireCustomerStore(),
  bus: wireBus(),
  erasureLog: wireErasureLog(),
  secrets: wireSecrets(),
  suppressions: wireSuppressionList(),
  log: wireLog(),
};

/** The one reader of image pairs: a pair of a committed item is a fact. A batch that fails is repeated whole, and repeats the same facts. */
export const handler = ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> =>
  relayRecords(deps, Records);
