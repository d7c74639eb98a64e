import type { DynamoDBBatchResponse, DynamoDBStreamEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { codeOf } from '../../shared/domain/errors.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import {
  wireClock,
  wireCustomerStore,
  wireDecidingCatalogue,
  wireDefinitions,
  wireIdentityStore,
  wireIntakeStore,
  wireLog,
  wireReactCalls,
  wireSecrets,
  wireSuppressionList,
} from '../wiring.ts';
import { callOfKey, callOfMessage } from './call-of.ts';
import { react } from './react.ts';

const clock = wireClock();
const log = wireLog();
const retries = wireReactCalls();
const deps = {
  intake: wireIntakeStore(),
  identities: wireIdentityStore(),
  customers: wireCustomerStore(),
  catalogue: wireDecidingCatalogue(),
  definitions: wireDefinitions(),
  suppressions: wireSuppressionList(),
  secrets: wireSecrets(),
};

/** One use-case behind two triggers: the table's stream, and the queue of what failed or fell due. */
export const handler = (event: DynamoDBStreamEvent | SQSEvent): Promise<DynamoDBBatchResponse | SQSBatchResponse> => {
  const now = clock.now();
  const [first] = event.Records;
  return first !== undefined && 'dynamodb' in first
    ? onStream(event as DynamoDBStreamEvent, now)
    : onQueue(event as SQSEvent, now);
};

/** A customer that fails goes to the queue and the batch goes on; if even that fails, Lambda repeats the batch. */
const onStream = async ({ Records }: DynamoDBStreamEvent, now: EpochMs): Promise<DynamoDBBatchResponse> => {
  const calls = Records.map(({ dynamodb }) => callOfKey(dynamodb?.Keys?.['pk']?.S)).filter(
    (call) => call !== undefined,
  );
  const failed = await react(deps, calls, now);
  for (const { error } of failed) log.error('react failed, queued again', { code: codeOf(error) });
  await retries.enqueue(failed.map(({ call }) => call));
  return { batchItemFailures: [] };
};

const onQueue = async ({ Records }: SQSEvent, now: EpochMs): Promise<SQSBatchResponse> => {
  const asked = Records.map(({ messageId, body }) => ({ messageId, call: callOfMessage(body) }));
  const failed = await react(
    deps,
    asked.map(({ call }) => call),
    now,
  );
  for (const { error } of failed) log.error('react failed', { code: codeOf(error) });
  const failedCalls = new Set(failed.map(({ call }) => JSON.stringify(call)));
  const again = asked.filter(({ call }) => failedCalls.has(JSON.stringify(call)));
  return { batchItemFailures: again.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};
