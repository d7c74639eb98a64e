import { createHash } from 'node:crypto';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getJson, postOrder, type RunningMini, startMini } from './fixture/running.ts';

describe('queues', () => {
  let stack: RunningMini;
  let sqs: SQSClient;
  beforeAll(async () => {
    stack = await startMini({ clockStartAt: Date.parse('2025-01-01T00:00:00Z') });
    sqs = new SQSClient({
      endpoint: stack.awsEndpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'x' },
    });
  });
  afterAll(() => stack.close());

  const url = (name: string) => Object.values(stack.queueUrls).find((one) => one.endsWith(`/${name}`)) ?? '';
  const receive = async (name: string, max = 10) =>
    (
      await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: url(name), MaxNumberOfMessages: max, MessageAttributeNames: ['All'] }),
      )
    ).Messages ?? [];
  const send = (body: string, delaySeconds = 0) =>
    sqs.send(new SendMessageCommand({ QueueUrl: url('plain'), MessageBody: body, DelaySeconds: delaySeconds }));
  const advance = (seconds: number) => stack.advanceTo(stack.now() + seconds * 1_000);
  const inboxOrders = async () => {
    const mails = await getJson(`${stack.control}/inbox`);
    return Array.isArray(mails) ? mails.map((mail: { tags: { order: string } }) => mail.tags.order) : [];
  };

  it('a delayed message is not there before its time, in virtual time', async () => {
    await send('late', 600);
    expect(await receive('plain')).toEqual([]);
    await advance(590);
    expect(await receive('plain')).toEqual([]);
    await advance(15);
    const [message] = await receive('plain');
    expect(message?.Body).toBe('late');
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url('plain'), ReceiptHandle: message?.ReceiptHandle }));
  });

  it('what is received and not deleted comes back after the visibility timeout, then goes to the dead-letter queue', async () => {
    await send('tried');
    for (const _try of [1, 2]) {
      expect((await receive('plain')).map(({ Body }) => Body)).toEqual(['tried']);
      expect(await receive('plain')).toEqual([]);
      await advance(61);
    }
    expect(await receive('plain')).toEqual([]);
    const dead = await receive('mail-dead');
    expect(dead.map(({ Body }) => Body)).toEqual(['tried']);
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url('mail-dead'), ReceiptHandle: dead[0]?.ReceiptHandle }));
  });

  it('visibility can be changed while a message is held', async () => {
    await send('held');
    const [first] = await receive('plain');
    await sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: url('plain'),
        ReceiptHandle: first?.ReceiptHandle,
        VisibilityTimeout: 300,
      }),
    );
    await advance(120);
    expect(await receive('plain')).toEqual([]);
    await sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: url('plain'),
        ReceiptHandle: first?.ReceiptHandle,
        VisibilityTimeout: 0,
      }),
    );
    const [again] = await receive('plain');
    expect(again?.Body).toBe('held');
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url('plain'), ReceiptHandle: again?.ReceiptHandle }));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: url('plain'), AttributeNames: ['All'] }),
    );
    expect(Attributes).toMatchObject({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
      VisibilityTimeout: '60',
    });
  });

  it('keeps message attributes, with digests the client checks', async () => {
    const entries = [
      {
        Id: 'a',
        MessageBody: 'é',
        MessageAttributes: {
          kind: { DataType: 'String', StringValue: 'x' },
          n: { DataType: 'Number', StringValue: '7' },
        },
      },
    ];
    const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl: url('plain'), Entries: entries }));
    expect(sent.Successful?.[0]?.MD5OfMessageBody).toBe(createHash('md5').update('é').digest('hex'));
    const [message] = await receive('plain');
    expect(message?.MessageAttributes?.['n']).toEqual({ DataType: 'Number', StringValue: '7' });
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url('plain'), ReceiptHandle: message?.ReceiptHandle }));
  });

  it('an unknown queue is named as SQS names it', async () => {
    await expect(
      sqs.send(new SendMessageCommand({ QueueUrl: `${stack.awsEndpoint}/1/none`, MessageBody: 'x' })),
    ).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });

  it('one failing message is tried again by itself, and the others are not', async () => {
    await Promise.all(['good1', 'bad1', 'good2'].map((id) => postOrder(stack, id)));
    await stack.idle();
    expect((await inboxOrders()).sort()).toEqual(['good1', 'good2']);
    expect(await getJson(`${stack.control}/status`)).toMatchObject({
      idle: true,
      queues: { mail: { visible: 0, inFlight: 1, dead: 0 } },
    });
    await advance(3_600);
    expect((await inboxOrders()).sort()).toEqual(['good1', 'good2']);
    expect(await getJson(`${stack.control}/status`)).toMatchObject({
      queues: { mail: { visible: 0, inFlight: 0, dead: 1 }, 'mail-dead': { visible: 1 } },
    });
  });

  it('a failing batch goes to the dead-letter queue after its three receives', async () => {
    await postOrder(stack, 'worse1');
    await stack.idle();
    const errors = () => stack.lines.filter((line) => line.includes('worse')).length;
    expect(errors()).toBe(1);
    await advance(175);
    expect(errors()).toBe(1);
    await advance(600);
    expect(errors()).toBe(3);
    expect((await receive('mail-dead')).map(({ Body }) => JSON.parse(Body ?? '{}')).map(({ id }) => id)).toContain(
      'worse1',
    );
  });
});
