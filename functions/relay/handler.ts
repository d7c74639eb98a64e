import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { codeOf } from '../../shared/domain/errors.ts';
import { wireBus, wireCustomerStore, wireErasureLog, wireLog, wireSecrets } from '../wiring.ts';
import { keepLog } from './keep-log.ts';
import { readPair } from './read-pairs.ts';
import { relay } from './relay.ts';

const log = wireLog();
const deps = {
  customers: wireCustomerStore(),
  bus: wireBus(),
  erasureLog: wireErasureLog(),
  secrets: wireSecrets(),
};

/**
 * The one reader of image pairs: a pair of a committed item is a fact. First the log that a restore replays takes its part, each
 * record by itself; then the facts are told. What could not be noted is named, and Lambda repeats from there: noting and telling
 * twice changes nothing.
 */
export const handler = async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  const pairs = Records.map((record) => ({ sequence: record.dynamodb?.SequenceNumber, pair: readPair(record) }));
  const noted = await Promise.allSettled(pairs.map(async ({ pair }) => pair && (await keepLog(deps, pair))));
  await relay(
    deps,
    pairs.flatMap(({ pair }) => (pair?.type === 'customer' ? [pair] : [])),
  );
  const failed = noted.flatMap((outcome, n) => (outcome.status === 'rejected' ? [{ n, error: outcome.reason }] : []));
  for (const { error } of failed) log.error('erasure log failed, tried again', { code: codeOf(error) });
  return { batchItemFailures: failed.map(({ n }) => ({ itemIdentifier: sequenceOf(pairs[n]?.sequence) })) };
};

/** An empty name would have the whole batch repeated, which is right for a record that has none. */
const sequenceOf = (sequence: string | undefined): string => sequence ?? '';
