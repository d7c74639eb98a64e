import * as z from 'zod';
import { nameOfArn } from '../aws-names.ts';
import type { Activity } from '../time/activity.ts';
import { AwsFault } from './aws-fault.ts';
import { attributesMd5, messageAttributes } from './message-attributes.ts';
import type { Message, Received, SqsQueue } from './sqs-queue.ts';

const attributes = { MessageAttributes: messageAttributes.nullish() };
const onQueue = z.object({ QueueUrl: z.string() });
const sendMessage = z.object({
  QueueUrl: z.string(),
  MessageBody: z.string().min(1),
  DelaySeconds: z.number().min(0).max(900).nullish(),
  ...attributes,
});
const batchEntry = z.object({
  Id: z.string(),
  MessageBody: z.string().min(1),
  DelaySeconds: z.number().min(0).max(900).nullish(),
  ...attributes,
});
const sendBatch = onQueue.extend({ Entries: z.array(batchEntry) });
const receive = onQueue.extend({
  MaxNumberOfMessages: z.number().min(1).max(10).nullish(),
  VisibilityTimeout: z.number().min(0).max(43_200).nullish(),
  WaitTimeSeconds: z.number().min(0).max(20).nullish(),
});
const byReceipt = z.object({ QueueUrl: z.string(), ReceiptHandle: z.string() });
const changeVisibility = byReceipt.extend({ VisibilityTimeout: z.number().min(0).max(43_200) });
const receiptEntries = onQueue.extend({
  Entries: z.array(z.object({ Id: z.string(), ReceiptHandle: z.string(), VisibilityTimeout: z.number().optional() })),
});

const longestBody = 1_048_576;

/** The SQS wire protocol, JSON 1.0, for standard queues. */
export class SqsApi {
  readonly #queues: ReadonlyMap<string, SqsQueue>;
  readonly #activity: Activity;

  constructor(queuesByName: ReadonlyMap<string, SqsQueue>, activity: Activity) {
    this.#queues = queuesByName;
    this.#activity = activity;
  }

  async handle(operation: string, body: unknown): Promise<unknown> {
    switch (operation) {
      case 'SendMessage':
        return this.#activity.during(async () => this.#send(sendMessage.parse(body)));
      case 'SendMessageBatch':
        return this.#activity.during(async () => this.#sendBatch(sendBatch.parse(body)));
      case 'ReceiveMessage':
        return this.#receive(receive.parse(body));
      case 'DeleteMessage':
        return this.#delete(byReceipt.parse(body));
      case 'DeleteMessageBatch':
        return this.#deleteBatch(receiptEntries.parse(body));
      case 'ChangeMessageVisibility':
        return this.#changeVisibility(changeVisibility.parse(body));
      case 'PurgeQueue':
        this.#queue(onQueue.parse(body).QueueUrl).purge();
        return {};
      case 'GetQueueUrl':
        return { QueueUrl: this.#queue(z.object({ QueueName: z.string() }).parse(body).QueueName).definition.url };
      case 'GetQueueAttributes':
        return this.#attributes(onQueue.parse(body).QueueUrl);
      case 'ListQueues':
        return { QueueUrls: [...this.#queues.values()].map(({ definition }) => definition.url) };
      default:
        throw new AwsFault(
          400,
          'com.amazonaws.sqs#UnsupportedOperation',
          `${operation} is not supported here`,
          'AWS.SimpleQueueService.UnsupportedOperation',
        );
    }
  }

  #queue(urlOrName: string): SqsQueue {
    const found = this.#queues.get(nameOfArn(urlOrName));
    if (found !== undefined) return found;
    throw new AwsFault(
      400,
      'com.amazonaws.sqs#QueueDoesNotExist',
      'The specified queue does not exist.',
      'AWS.SimpleQueueService.NonExistentQueue',
    );
  }

  #send({ QueueUrl, ...entry }: z.infer<typeof sendMessage>) {
    return this.#enqueue(this.#queue(QueueUrl), entry);
  }

  #enqueue(
    queue: SqsQueue,
    { MessageBody, DelaySeconds, MessageAttributes }: Omit<z.infer<typeof sendMessage>, 'QueueUrl'>,
  ) {
    if (Buffer.byteLength(MessageBody) > longestBody) {
      throw new AwsFault(
        400,
        'com.amazonaws.sqs#InvalidMessageContents',
        'Message must be shorter than 1048576 bytes.',
        'InvalidParameterValue',
      );
    }
    const delayMs = DelaySeconds === undefined || DelaySeconds === null ? undefined : DelaySeconds * 1_000;
    return sentAnswer(queue.send(MessageBody, { delayMs, attributes: MessageAttributes ?? undefined }));
  }

  #sendBatch({ QueueUrl, Entries }: z.infer<typeof sendBatch>) {
    if (Entries.length === 0 || Entries.length > 10) {
      throw new AwsFault(
        400,
        'com.amazonaws.sqs#TooManyEntriesInBatchRequest',
        'A batch holds 1 to 10 entries.',
        'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
      );
    }
    const queue = this.#queue(QueueUrl);
    return { Successful: Entries.map((entry) => ({ Id: entry.Id, ...this.#enqueue(queue, entry) })), Failed: [] };
  }

  async #receive({ QueueUrl, MaxNumberOfMessages, VisibilityTimeout, WaitTimeSeconds }: z.infer<typeof receive>) {
    const queue = this.#queue(QueueUrl);
    if (queue.visible === 0) await untilVisible(queue, (WaitTimeSeconds ?? 0) * 1_000);
    const visibilityMs =
      VisibilityTimeout === undefined || VisibilityTimeout === null ? undefined : VisibilityTimeout * 1_000;
    return { Messages: queue.receive(MaxNumberOfMessages ?? 1, visibilityMs).map(receivedAnswer) };
  }

  #delete({ QueueUrl, ReceiptHandle }: z.infer<typeof byReceipt>) {
    this.#queue(QueueUrl).delete(ReceiptHandle);
    return {};
  }

  #deleteBatch({ QueueUrl, Entries }: z.infer<typeof receiptEntries>) {
    for (const { ReceiptHandle } of Entries) this.#queue(QueueUrl).delete(ReceiptHandle);
    return { Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] };
  }

  #changeVisibility({ QueueUrl, ReceiptHandle, VisibilityTimeout }: z.infer<typeof changeVisibility>) {
    if (this.#queue(QueueUrl).changeVisibility(ReceiptHandle, VisibilityTimeout * 1_000)) return {};
    throw new AwsFault(
      400,
      'com.amazonaws.sqs#MessageNotInflight',
      'The message is not in flight.',
      'AWS.SimpleQueueService.MessageNotInflight',
    );
  }

  #attributes(url: string) {
    const queue = this.#queue(url);
    const { arn, visibilityMs, delayMs, retentionMs } = queue.definition;
    return {
      Attributes: {
        QueueArn: arn,
        ApproximateNumberOfMessages: String(queue.visible),
        ApproximateNumberOfMessagesNotVisible: String(queue.inFlight),
        ApproximateNumberOfMessagesDelayed: String(queue.delayed),
        VisibilityTimeout: String(visibilityMs / 1_000),
        DelaySeconds: String(delayMs / 1_000),
        MessageRetentionPeriod: String(retentionMs / 1_000),
      },
    };
  }
}

const sentAnswer = ({ id, bodyMd5, attributes: given }: Message) => ({
  MessageId: id,
  MD5OfMessageBody: bodyMd5,
  ...(given !== undefined && Object.keys(given).length > 0 && { MD5OfMessageAttributes: attributesMd5(given) }),
});

const receivedAnswer = ({ message, receiptHandle }: Received) => ({
  MessageId: message.id,
  ReceiptHandle: receiptHandle,
  Body: message.body,
  MD5OfBody: message.bodyMd5,
  Attributes: {
    ApproximateReceiveCount: String(message.receivedTimes),
    SentTimestamp: String(message.sentAt),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
  },
  ...(message.attributes !== undefined && {
    MessageAttributes: message.attributes,
    MD5OfMessageAttributes: attributesMd5(message.attributes),
  }),
});

const untilVisible = (queue: SqsQueue, longestMs: number): Promise<void> =>
  new Promise((resolve) => {
    if (longestMs === 0) return resolve();
    const stop = queue.onVisible(() => done());
    const timeout = setTimeout(() => done(), longestMs);
    const done = () => {
      clearTimeout(timeout);
      stop();
      resolve();
    };
  });
