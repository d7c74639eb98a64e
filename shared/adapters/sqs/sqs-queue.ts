import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DuePages } from '../../ports/due-pages.ts';
import type { ReactCalls } from '../../ports/react-calls.ts';
import type { WorkQueue } from '../../ports/work-queue.ts';
import { type SendEntries, sendInBatches } from '../in-batches.ts';

/** A body has the shape of a queued bus event, so that a consumer reads `detail` wherever the message came from. */
const sqsQueue = (client: SQSClient, queueUrl: string) => {
  const send: SendEntries<string> = async (bodies) => {
    const Entries = bodies.map((MessageBody, place) => ({ Id: String(place), MessageBody }));
    const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    return new Map(Failed.map(({ Id, Code }) => [Number(Id), Code ?? 'unknown']));
  };
  return {
    enqueue: (calls: readonly object[]) =>
      sendInBatches(
        calls.map((detail) => JSON.stringify({ detail })),
        send,
        queueUrl.split('/').at(-1) ?? '',
      ),
  };
};

/** The enrol and send queues: `{"detail":{"store","customer"}}`. */
export const sqsWorkQueue = (client: SQSClient, queueUrl: string): WorkQueue => sqsQueue(client, queueUrl);
/** The react-retry queue: `{"detail": ReactCall}`. */
export const sqsReactCalls = (client: SQSClient, queueUrl: string): ReactCalls => sqsQueue(client, queueUrl);
/** The sweep queue: `{"detail":{"kind","shard"}}`. */
export const sqsDuePages = (client: SQSClient, queueUrl: string): DuePages => sqsQueue(client, queueUrl);
