import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Probed } from '../fixture/functions/probe.ts';
import { getJson, post, probe, type RunningMini, startMini } from '../fixture/running.ts';

let stack: RunningMini;
beforeAll(async () => {
  stack = await startMini();
});
afterAll(() => stack.close());
afterEach(() => fetch(`${stack.control}/faults`, { method: 'DELETE' }));

const ask = async (fault: object): Promise<void> => {
  const answer = await post(`${stack.control}/faults`, { probability: 1, seed: 1, ...fault });
  expect(answer.status).toBe(201);
};
const key = (n: string) => ({ pk: { S: `P#${n}` }, sk: { S: 'X' } });
const put = (n: string) => ({ TableName: 'mini', Item: key(n) });
const mail = {
  FromEmailAddress: 'shop@example.com',
  Destination: { ToAddresses: ['ada@example.com'] },
  Content: { Simple: { Subject: { Data: 'Hello' }, Body: { Text: { Data: 'Hello' } } } },
};
const transaction = { TransactItems: [1, 2, 3].map((n) => ({ Put: put(`t${n}`) })) };
const messageTo = (queue: string) => ({ QueueUrl: queue, MessageBody: 'x' });
const event = { EventBusName: 'default', Source: 'mini', DetailType: 'x', Detail: '{}' };
const isThere = async (n: string): Promise<boolean> => {
  const probed = await probe(stack, 'GetItemCommand', { TableName: 'mini', Key: key(n) });
  return probed.type === 'answered' && probed.answer['Item'] !== undefined;
};
const refused = (name: string, status: number, message: RegExp) => ({
  type: 'refused',
  name,
  status,
  message: expect.stringMatching(message),
});

describe('what a call meets, in the SDK’s own error', () => {
  it.each<[string, object, [string, object], object]>([
    [
      'a throttled table',
      { service: 'dynamodb', kind: 'throttle' },
      ['PutItemCommand', put('1')],
      {
        ...refused('ProvisionedThroughputExceededException', 400, /throttled/),
        fault: {
          ThrottlingReasons: [
            { reason: 'TableWriteKeyRangeThroughputExceeded', resource: expect.stringMatching(/table\/mini$/) },
          ],
        },
      },
    ],
    [
      'a throttled table, the other way to say it',
      { service: 'dynamodb', kind: 'throttle', operation: 'Query', detail: 'ThrottlingException' },
      [
        'QueryCommand',
        { TableName: 'mini', KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': { S: 'P#1' } } },
      ],
      {
        ...refused('ThrottlingException', 400, /throttled/),
        fault: { throttlingReasons: [{ reason: 'TableReadKeyRangeThroughputExceeded' }] },
      },
    ],
    [
      'a throttled transaction',
      { service: 'dynamodb', kind: 'throttle', operation: 'TransactWriteItems' },
      ['TransactWriteItemsCommand', transaction],
      {
        ...refused('TransactionCanceledException', 400, /ThrottlingError/),
        fault: {
          CancellationReasons: expect.arrayContaining([
            { Code: 'None' },
            expect.objectContaining({ Code: 'ThrottlingError' }),
          ]),
        },
      },
    ],
    [
      'a transaction in conflict',
      { service: 'dynamodb', kind: 'error', operation: 'TransactWriteItems' },
      ['TransactWriteItemsCommand', transaction],
      {
        ...refused('TransactionCanceledException', 400, /TransactionConflict/),
        fault: {
          CancellationReasons: expect.arrayContaining([expect.objectContaining({ Code: 'TransactionConflict' })]),
        },
      },
    ],
    [
      'a write in conflict with a transaction',
      { service: 'dynamodb', kind: 'error', operation: 'PutItem', detail: 'TransactionConflict' },
      ['PutItemCommand', put('1')],
      refused('TransactionConflictException', 400, /ongoing/),
    ],
    [
      'a table that fails',
      { service: 'dynamodb', kind: 'error' },
      ['PutItemCommand', put('1')],
      refused('InternalServerError', 500, /Internal server error/),
    ],
    [
      'SES at its rate',
      { service: 'ses', kind: 'throttle' },
      ['SendEmailCommand', mail],
      refused('TooManyRequestsException', 429, /^Maximum sending rate exceeded/),
    ],
    [
      'SES at its daily quota',
      { service: 'ses', kind: 'throttle', operation: 'SendEmail', detail: 'daily-quota' },
      ['SendEmailCommand', mail],
      refused('TooManyRequestsException', 429, /^Daily message quota exceeded/),
    ],
    [
      'SES that fails',
      { service: 'ses', kind: 'error' },
      ['SendEmailCommand', mail],
      refused('InternalFailure', 500, /failed/),
    ],
    [
      'a throttled bus',
      { service: 'eventbridge', kind: 'throttle', operation: 'PutEvents' },
      ['PutEventsCommand', { Entries: [event] }],
      refused('ThrottlingException', 400, /Rate exceeded/),
    ],
    [
      'a bus that fails',
      { service: 'eventbridge', kind: 'error', operation: 'PutEvents' },
      ['PutEventsCommand', { Entries: [event] }],
      refused('InternalException', 500, /failed/),
    ],
    [
      'a throttled queue',
      { service: 'queue', kind: 'throttle' },
      ['SendMessageCommand', messageTo('plain')],
      refused('RequestThrottled', 400, /throttling/),
    ],
    [
      'a queue that fails',
      { service: 'queue', kind: 'error' },
      ['SendMessageCommand', messageTo('plain')],
      refused('InternalFailure', 500, /failed/),
    ],
  ])('%s', async (_what, fault, [command, input], expected) => {
    await ask(fault);
    expect(await probe(stack, command, input)).toMatchObject(expected);
  });

  it('the SDK tries again what AWS means to be tried again, and gets through', async () => {
    await ask({ service: 'dynamodb', kind: 'throttle', limit: 1 });
    expect(await probe(stack, 'PutItemCommand', put('again'), { maxAttempts: 2 })).toMatchObject({ type: 'answered' });
    expect(await isThere('again')).toBe(true);
  });

  it('one entry of many is refused by itself, and the others are published', async () => {
    await ask({ service: 'eventbridge', kind: 'throttle', operation: 'PutEventsEntry', limit: 1 });
    const probed = await probe(stack, 'PutEventsCommand', { Entries: [event, event] });
    expect(probed).toMatchObject({
      answer: { FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException' }, { EventId: expect.any(String) }] },
    });
  });

  it('a batch that is half done says which half is left', async () => {
    const keys = [1, 2, 3, 4, 5, 6].map((n) => key(`b${n}`));
    await ask({ service: 'dynamodb', kind: 'throttle', detail: 'unprocessed', seed: 3 });
    const RequestItems = { mini: keys.map((Item) => ({ PutRequest: { Item } })) };
    const probed = await probe(stack, 'BatchWriteItemCommand', { RequestItems });
    await fetch(`${stack.control}/faults`, { method: 'DELETE' });
    const left = probed.type === 'answered' ? Object(probed.answer['UnprocessedItems']).mini : [];
    expect(left.length).toBeGreaterThan(0);
    expect(left.length).toBeLessThan(6);
    const there = await Promise.all(keys.map(({ pk }) => isThere(pk.S.slice(2))));
    expect(there.filter(Boolean)).toHaveLength(6 - left.length);
  });
});

const names = (probed: Probed): string | undefined => (probed.type === 'refused' ? probed.name : undefined);
const inInbox = async (): Promise<number> => Object(await getJson(`${stack.control}/inbox`)).length;
const visible = async (queue: string): Promise<number> =>
  Object(await getJson(`${stack.control}/status`)).queues[queue].visible;

describe('a call that is never answered', () => {
  const patience = { requestTimeoutMs: 300 };

  it.each([
    ['dynamodb', 'PutItemCommand', put('hang'), async () => Number(await isThere('hang'))],
    ['ses', 'SendEmailCommand', mail, inInbox],
    ['queue', 'SendMessageCommand', messageTo('own'), () => visible('own')],
  ] as const)(
    '%s: a timeout did nothing, a timeout after acceptance did it',
    async (service, command, input, count) => {
      const before = await count();
      await ask({ service, kind: 'timeout', limit: 1 });
      expect(names(await probe(stack, command, input, patience))).toBe('TimeoutError');
      expect(await count()).toBe(before);
      await ask({ service, kind: 'timeoutAfterAccept', limit: 1 });
      expect(names(await probe(stack, command, input, patience))).toBe('TimeoutError');
      expect(await count()).toBe(before + 1);
    },
  );

  it('eventbridge: likewise, seen by whom a rule feeds', async () => {
    const entry = {
      ...event,
      Source: 'mini',
      DetailType: 'order-placed',
      EventBusName: 'mini',
      Detail: '{"id":"t1","to":"bo@example.com"}',
    };
    const send = () => probe(stack, 'PutEventsCommand', { Entries: [entry] }, patience);
    const before = await inInbox();
    await ask({ service: 'eventbridge', kind: 'timeout', limit: 1 });
    expect(names(await send())).toBe('TimeoutError');
    await stack.idle();
    expect(await inInbox()).toBe(before);
    await ask({ service: 'eventbridge', kind: 'timeoutAfterAccept', limit: 1 });
    expect(names(await send())).toBe('TimeoutError');
    await stack.idle();
    expect(await inInbox()).toBe(before + 1);
  });

  it('does not keep the run from ending, nor from being idle', async () => {
    await ask({ service: 'dynamodb', kind: 'timeout', limit: 1 });
    await probe(stack, 'PutItemCommand', put('idle'), patience);
    await stack.idle();
  });
});
