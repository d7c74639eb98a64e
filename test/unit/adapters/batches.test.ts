import { createHash } from 'node:crypto';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { eventBridgeBus } from '../../../shared/adapters/eventbridge/eventbridge-bus.ts';
import { sqsReactCalls, sqsWorkQueue } from '../../../shared/adapters/sqs/sqs-queue.ts';
import type { BusFact } from '../../../shared/domain/bus-fact.ts';
import { type AwsWire, startAwsWire, type WireRequest, wireCredentials } from '../../support/aws-wire.ts';

const putEvents = z.object({ Entries: z.array(z.object({ Detail: z.string(), DetailType: z.string() }).loose()) });
const sendBatch = z.object({
  QueueUrl: z.string(),
  Entries: z.array(z.object({ Id: z.string(), MessageBody: z.string() })),
});
const factIdOf = (detail: string) => z.object({ factId: z.string() }).parse(JSON.parse(detail)).factId;

const facts: readonly BusFact[] = Array.from({ length: 23 }, (_, i) => ({
  factId: `f${i}`,
  store: 'demo',
  customer: 'c1',
  at: 1_767_607_200_123,
  type: 'consent-granted',
  placed: 0,
  statement: 's',
  effectiveAt: 5,
}));

let wire: AwsWire;
beforeAll(async () => {
  wire = await startAwsWire();
});
afterAll(() => wire.stop());

describe('bus on EventBridge', () => {
  const open = () =>
    eventBridgeBus(new EventBridgeClient({ ...wireCredentials, endpoint: wire.endpoint }), 'perennial');
  const taking = (refuse: (factId: string) => boolean) => (request: WireRequest) => {
    const { Entries } = putEvents.parse(request.body);
    const answers = Entries.map(({ Detail }) =>
      refuse(factIdOf(Detail)) ? { ErrorCode: 'InternalFailure' } : { EventId: 'e' },
    );
    return {
      status: 200,
      body: { FailedEntryCount: answers.filter((a) => 'ErrorCode' in a).length, Entries: answers },
    };
  };
  const asked = () =>
    wire.requests.map(({ body }) => putEvents.parse(body).Entries.map(({ Detail }) => factIdOf(Detail)));

  it('puts ten facts a request, each with its kind, source, time and content', async () => {
    wire.answer(taking(() => false));
    await open().publish(facts);
    expect(asked().map((ids) => ids.length)).toEqual([10, 10, 3]);
    expect(asked().flat()).toEqual(facts.map(({ factId }) => factId));
    expect(wire.requests[0]?.target).toBe('AWSEvents.PutEvents');
    const [first] = putEvents.parse(wire.requests[0]?.body).Entries;
    expect(first).toEqual({
      EventBusName: 'perennial',
      Source: 'perennial',
      DetailType: 'consent-granted',
      Detail: JSON.stringify(facts[0]),
      Time: 1_767_607_200.123,
    });
  });

  it('publishes nothing without a request', async () => {
    wire.answer(taking(() => false));
    await open().publish([]);
    expect(wire.requests).toHaveLength(0);
  });

  it('sends refused entries again one by one', async () => {
    const first = taking((id) => id === 'f3' || id === 'f7');
    wire.answer(
      first,
      taking(() => false),
    );
    await open().publish(facts.slice(0, 10));
    expect(asked().slice(1)).toEqual([['f3'], ['f7']]);
  });

  it('throws when an entry stays refused, so that the caller starts over', async () => {
    wire.answer(taking((id) => id === 'f3'));
    await expect(open().publish(facts.slice(0, 5))).rejects.toMatchObject({
      code: 'write.contended',
      details: { key: 'bus', attempts: 4 },
    });
  });
});

describe('queues on SQS', () => {
  const url = () => `${wire.endpoint}/000000000000/send`;
  const client = () => new SQSClient({ ...wireCredentials, endpoint: wire.endpoint });
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  const taking = (refuse: (body: string) => boolean) => (request: WireRequest) => {
    const { Entries } = sendBatch.parse(request.body);
    const failed = Entries.filter(({ MessageBody }) => refuse(MessageBody));
    const taken = Entries.filter((entry) => !failed.includes(entry));
    const Successful = taken.map(({ Id, MessageBody }) => ({ Id, MessageId: Id, MD5OfMessageBody: md5(MessageBody) }));
    return {
      status: 200,
      body: { Successful, Failed: failed.map(({ Id }) => ({ Id, Code: 'InternalError', SenderFault: false })) },
    };
  };
  const bodies = () =>
    wire.requests.map(({ body }) => sendBatch.parse(body).Entries.map(({ MessageBody }) => MessageBody));

  it('enqueues ten calls a request in the shape of a queued bus event', async () => {
    wire.answer(taking(() => false));
    await sqsWorkQueue(client(), url()).enqueue(
      Array.from({ length: 12 }, (_, i) => ({ store: 'demo', customer: `c${i}` })),
    );
    expect(bodies().map((batch) => batch.length)).toEqual([10, 2]);
    expect(bodies()[0]?.[0]).toBe('{"detail":{"store":"demo","customer":"c0"}}');
    expect(wire.requests[0]?.target).toBe('AmazonSQS.SendMessageBatch');
  });

  it('sends refused calls again and throws when one stays refused', async () => {
    const calls = ['c1', 'c2'].map((customer) => ({ type: 'customer', store: 'demo', customer }) as const);
    wire.answer(
      taking((body) => body.includes('c2')),
      taking(() => false),
    );
    await sqsReactCalls(client(), url()).enqueue(calls);
    expect(bodies().map((batch) => batch.length)).toEqual([2, 1]);
    wire.answer(taking((body) => body.includes('c2')));
    await expect(sqsReactCalls(client(), url()).enqueue(calls)).rejects.toMatchObject({ code: 'write.contended' });
  });
});
