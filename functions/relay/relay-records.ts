import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { codeOf } from '../../shared/domain/errors.ts';
import type { Log } from '../../shared/ports/log.ts';
import { type KeepLogDeps, keepLog } from './keep-log.ts';
import { readPair } from './read-pairs.ts';
import { type RelayDeps, relay } from './relay.ts';

export type RelayRecordsDeps = RelayDeps & KeepLogDeps & Readonly<{ log: Pick<Log, 'error'> }>;

/**
 * A batch of the stream. The erasure log takes its part of each record by itself, beside the facts, so that neither holds up
 * the other. What could not be noted is named, and Lambda repeats from there on: noting and telling twice changes nothing.
 */
export const relayRecords = async (
  deps: RelayRecordsDeps,
  records: readonly DynamoDBRecord[],
): Promise<DynamoDBBatchResponse> => {
  const pairs = records.map((record) => ({ sequence: record.dynamodb?.SequenceNumber, pair: readPair(record) }));
  const noting = Promise.allSettled(pairs.map(async ({ pair }) => pair && (await keepLog(deps, pair))));
  try {
    await relay(
      deps,
      pairs.flatMap(({ pair }) => (pair?.type === 'customer' ? [pair] : [])),
    );
  } finally {
    await noting;
  }
  const failed = (await noting).flatMap((outcome, n) =>
    outcome.status === 'rejected' ? [{ sequence: pairs[n]?.sequence, error: outcome.reason }] : [],
  );
  for (const { error } of failed) deps.log.error('erasure log failed, tried again', { code: codeOf(error) });
  // A record without a number has the whole batch repeated, by an empty name.
  return { batchItemFailures: failed.map(({ sequence }) => ({ itemIdentifier: sequence ?? '' })) };
};
