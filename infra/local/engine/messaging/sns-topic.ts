import { randomUUID } from 'node:crypto';
import { signed } from './sns-signing.ts';
import type { SqsQueue } from './sqs-queue.ts';

interface Subscription {
  queue: SqsQueue;
  /** The message as it is, instead of inside SNS's envelope. */
  raw: boolean;
}

/** A topic whose subscribers are queues. */
export class SnsTopic {
  readonly arn: string;
  readonly #now: () => number;
  readonly #subscriptions: Subscription[] = [];

  constructor(arn: string, now: () => number) {
    this.arn = arn;
    this.#now = now;
  }

  subscribe(queue: SqsQueue, raw: boolean): void {
    this.#subscriptions.push({ queue, raw });
  }

  publish(message: string, subject?: string): void {
    for (const { queue, raw } of this.#subscriptions) queue.send(raw ? message : this.#envelope(message, subject));
  }

  #envelope(Message: string, Subject: string | undefined): string {
    return JSON.stringify(
      signed({
        Type: 'Notification',
        MessageId: randomUUID(),
        TopicArn: this.arn,
        ...(Subject !== undefined && { Subject }),
        Message,
        Timestamp: new Date(this.#now()).toISOString(),
        SignatureVersion: '2',
      }),
    );
  }
}
