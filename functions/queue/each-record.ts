import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { codeOf } from '../../shared/domain/errors.ts';
import type { Log } from '../../shared/ports/log.ts';

/** What of a queue's message anybody here reads. */
export type QueueRecord = Pick<SQSRecord, 'messageId' | 'body'>;

/**
 * Works off a batch of messages side by side, and gives back only those that failed. A message that cannot be read fails
 * like any other and ends in the dead-letter queue.
 */
export const eachRecord = async (
  { Records }: Readonly<{ Records: readonly QueueRecord[] }>,
  log: Pick<Log, 'error'>,
  work: (record: QueueRecord) => Promise<void>,
): Promise<SQSBatchResponse> => {
  const failures = await Promise.all(Records.map((record) => failureOf(record, log, work)));
  return { batchItemFailures: failures.filter((failure) => failure !== undefined) };
};

const failureOf = async (
  record: QueueRecord,
  log: Pick<Log, 'error'>,
  work: (record: QueueRecord) => Promise<void>,
) => {
  try {
    await work(record);
    return undefined;
  } catch (error) {
    log.error('message failed', { message: record.messageId, code: codeOf(error) });
    return { itemIdentifier: record.messageId };
  }
};
