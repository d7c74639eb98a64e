import * as z from 'zod';
import { region } from '../aws-names.ts';
import type { Invoke, InvokeOutcome } from '../compute/invoke-outcome.ts';
import type { Activity } from '../time/activity.ts';
import type { Matches } from './event-pattern.ts';
import type { Received, SqsQueue } from './sqs-queue.ts';

export interface QueueMappingPolicy {
  batchSize: number;
  maxConcurrency: number;
  partialFailures: boolean;
  /** What it does not match is deleted unseen, as at AWS. */
  matches: Matches;
}

const answer = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() })
  .nullish();

/** Brings a queue's messages to a function, so many batches at a time; what fails comes back after its visibility timeout. */
export class QueueMapping {
  readonly #queue: SqsQueue;
  readonly #invoke: Invoke;
  readonly #policy: QueueMappingPolicy;
  readonly #activity: Activity;
  #running = 0;
  #scheduled = false;

  constructor(queue: SqsQueue, invoke: Invoke, policy: QueueMappingPolicy, activity: Activity) {
    this.#queue = queue;
    this.#invoke = invoke;
    this.#policy = policy;
    this.#activity = activity;
    queue.onVisible(() => this.#wake());
  }

  /** Waits one turn of the loop, so that messages sent together arrive together. */
  #wake(): void {
    if (this.#scheduled || this.#running >= this.#policy.maxConcurrency) return;
    this.#scheduled = true;
    this.#activity.begin();
    setImmediate(() => {
      this.#scheduled = false;
      this.#receive();
      this.#activity.end();
    });
  }

  #receive(): void {
    while (this.#running < this.#policy.maxConcurrency && this.#queue.visible > 0) {
      const batch = this.#wanted(this.#queue.receive(this.#policy.batchSize));
      if (batch.length > 0) this.#start(batch);
    }
  }

  #wanted(batch: Received[]): Received[] {
    const isWanted = ({ message }: Received) => this.#policy.matches({ ...message, body: asJson(message.body) });
    for (const received of batch) if (!isWanted(received)) this.#queue.delete(received.receiptHandle);
    return batch.filter(isWanted);
  }

  #start(batch: readonly Received[]): void {
    this.#running += 1;
    this.#activity.begin();
    const event = JSON.stringify({ Records: batch.map((received) => this.#record(received)) });
    void this.#invoke(event).then((outcome) => {
      const failed = this.#failures(batch, outcome);
      for (const { message, receiptHandle } of batch) if (!failed.has(message.id)) this.#queue.delete(receiptHandle);
      this.#running -= 1;
      if (this.#queue.visible > 0) this.#wake();
      this.#activity.end();
    });
  }

  #failures(batch: readonly Received[], outcome: InvokeOutcome): Set<string> {
    const all = new Set(batch.map(({ message }) => message.id));
    if (outcome.type === 'failed') return all;
    if (!this.#policy.partialFailures) return new Set();
    const parsed = answer.safeParse(JSON.parse(outcome.payload));
    if (!parsed.success) return all;
    const ids = parsed.data?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier) ?? [];
    return ids.every((id) => all.has(id)) ? new Set(ids) : all; // an id we never sent fails the batch
  }

  #record({ message, receiptHandle }: Received) {
    return {
      messageId: message.id,
      receiptHandle,
      body: message.body,
      attributes: {
        ApproximateReceiveCount: String(message.receivedTimes),
        SentTimestamp: String(message.sentAt),
        SenderId: 'AIDALOCAL',
        ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
      },
      messageAttributes: lambdaAttributes(message.attributes ?? {}),
      md5OfBody: message.bodyMd5,
      eventSource: 'aws:sqs',
      eventSourceARN: this.#queue.definition.arn,
      awsRegion: region,
    };
  }
}

const lambdaAttributes = (attributes: NonNullable<Received['message']['attributes']>) =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      {
        dataType: DataType,
        stringValue: StringValue,
        binaryValue: BinaryValue,
        stringListValues: [],
        binaryListValues: [],
      },
    ]),
  );

const asJson = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
};
