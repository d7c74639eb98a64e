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
import { callOfKey } from './call-of.ts';
import { react } from './react.ts';
import { reactToMessages } from './react-to-messages.ts';

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
    : reactToMessages(deps, log, (event as SQSEvent).Records, now);
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
