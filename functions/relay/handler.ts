import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent, StreamRecord } from 'aws-lambda';
import type { Attributes } from '../../shared/adapters/dynamodb/codec/codec.ts';
import { readCustomer } from '../../shared/adapters/dynamodb/items/customer-item.ts';
import { wireBus, wireCustomerStore } from '../wiring.ts';
import { type CustomerPair, relay } from './relay.ts';

const deps = { customers: wireCustomerStore(), bus: wireBus() };

/** The one reader of image pairs: a pair of a committed item is a fact. A batch that fails is repeated whole, and repeats the same facts. */
export const handler = async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  await relay(
    deps,
    Records.map(pairOf).filter((pair) => pair !== undefined),
  );
  return { batchItemFailures: [] };
};

const pairOf = ({ dynamodb }: DynamoDBRecord): CustomerPair | undefined => {
  if (dynamodb?.NewImage === undefined) return undefined;
  const after = readCustomer(imageOf(dynamodb.NewImage));
  return dynamodb.OldImage === undefined ? { after } : { before: readCustomer(imageOf(dynamodb.OldImage)), after };
};

/** Lambda's JSON differs from the SDK's attributes in binaries alone, and no item of ours holds one; the codec checks the rest. */
const imageOf = (image: NonNullable<StreamRecord['NewImage']>): Attributes => image as Attributes;
