import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { getJson, probe, type RunningMini, startMini } from '../fixture/running.ts';

const metering = z.object({ byFunction: z.record(z.string(), z.object({ writeUnits: z.number() })) });

let stack: RunningMini;
beforeAll(async () => {
  stack = await startMini();
});
afterAll(() => stack.close());

const role = 'arn:aws:sts::123456789012:assumed-role/Flow-probeServiceRole';
const table = 'arn:aws:dynamodb:us-east-1:123456789012:table/mini';
const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'X' } });
const item = (pk: string) => ({ ...key(pk), topic: { S: 'PROBE' } });
const mail = (more: object = {}) => ({
  FromEmailAddress: 'Shop <shop@example.com>',
  Destination: { ToAddresses: ['ada@example.com'] },
  Content: { Simple: { Subject: { Data: 'Hello' }, Body: { Text: { Data: 'Hello' } } } },
  ...more,
});
const query = (pk: string, more: object = {}) => ({
  TableName: 'mini',
  KeyConditionExpression: '#p = :p AND sk > :s',
  ExpressionAttributeNames: { '#p': 'pk' },
  ExpressionAttributeValues: { ':p': { S: pk }, ':s': { S: ' ' } },
  ...more,
});
const topics = (topic: string) => ({
  TableName: 'mini',
  IndexName: 'topics',
  KeyConditionExpression: 'topic = :k',
  ExpressionAttributeValues: { ':k': { S: topic } },
});

describe('a call that the role of the function does not allow', () => {
  it.each<[what: string, command: string, input: object, action: string, resource: string]>([
    ['of another action', 'ScanCommand', { TableName: 'mini' }, 'dynamodb:Scan', table],
    ['on another partition', 'GetItemCommand', { TableName: 'mini', Key: key('O#1') }, 'dynamodb:GetItem', table],
    [
      'writing another partition',
      'PutItemCommand',
      { TableName: 'mini', Item: item('O#1') },
      'dynamodb:PutItem',
      table,
    ],
    ['querying another partition', 'QueryCommand', query('O#1'), 'dynamodb:Query', table],
    ['of another topic in an index', 'QueryCommand', topics('ORDER'), 'dynamodb:Query', `${table}/index/topics`],
    [
      'on another table',
      'GetItemCommand',
      { TableName: 'other', Key: key('P#1') },
      'dynamodb:GetItem',
      'arn:aws:dynamodb:us-east-1:123456789012:table/other',
    ],
    [
      'with one bad key in a batch',
      'BatchGetItemCommand',
      { RequestItems: { mini: { Keys: [key('P#1'), key('O#1')] } } },
      'dynamodb:BatchGetItem',
      table,
    ],
    [
      'with one bad item in a batch',
      'BatchWriteItemCommand',
      { RequestItems: { mini: [{ PutRequest: { Item: item('P#1') } }, { DeleteRequest: { Key: key('O#1') } }] } },
      'dynamodb:BatchWriteItem',
      table,
    ],
    [
      'with one bad part in a transaction',
      'TransactWriteItemsCommand',
      {
        TransactItems: [
          { Put: { TableName: 'mini', Item: item('P#1') } },
          { Delete: { TableName: 'mini', Key: key('P#2') } },
        ],
      },
      'dynamodb:DeleteItem',
      table,
    ],
    [
      'with a check it may not make',
      'TransactWriteItemsCommand',
      {
        TransactItems: [
          { ConditionCheck: { TableName: 'mini', Key: key('P#1'), ConditionExpression: 'attribute_exists(pk)' } },
        ],
      },
      'dynamodb:ConditionCheckItem',
      table,
    ],
  ])('to DynamoDB %s is refused as DynamoDB would', async (_what, command, input, action, resource) => {
    const refused = await probe(stack, command, input);
    expect(refused).toMatchObject({ type: 'refused', name: 'AccessDeniedException', status: 400 });
    expect(refused).toHaveProperty(
      'message',
      expect.stringMatching(
        new RegExp(
          `^User: ${role}\\w+/probe is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action$`,
        ),
      ),
    );
  });

  it('leaves nothing of a refused transaction or batch', async () => {
    await probe(stack, 'TransactWriteItemsCommand', {
      TransactItems: [
        { Put: { TableName: 'mini', Item: item('P#none') } },
        { Put: { TableName: 'mini', Item: item('O#none') } },
      ],
    });
    expect(await probe(stack, 'GetItemCommand', { TableName: 'mini', Key: key('P#none') })).toEqual({
      type: 'answered',
      answer: { ConsumedCapacity: expect.anything() },
    });
  });

  it('to SQS: a single call and a batch alike; an explicit Deny beats an Allow', async () => {
    const entries = { QueueUrl: 'mail', Entries: [{ Id: '1', MessageBody: 'x' }] };
    for (const [command, input] of [
      ['SendMessageCommand', { QueueUrl: 'mail', MessageBody: 'x' }],
      ['SendMessageBatchCommand', entries],
    ] as const) {
      const refused = await probe(stack, command, input);
      expect(refused).toMatchObject({ type: 'refused', status: 403, name: expect.stringMatching(/^AccessDenied/) });
      expect(refused).toHaveProperty(
        'message',
        expect.stringMatching(
          /sqs:sendmessage on resource: .*:mail with an explicit deny in an identity-based policy$/,
        ),
      );
    }
    const unallowed = await probe(stack, 'ReceiveMessageCommand', { QueueUrl: 'plain' });
    expect(unallowed).toHaveProperty(
      'message',
      expect.stringMatching(/because no identity-based policy allows the sqs:receivemessage action$/),
    );
  });

  it('to EventBridge', async () => {
    const Entries = [{ EventBusName: 'other', Source: 'mini', DetailType: 'x', Detail: '{}' }];
    const refused = await probe(stack, 'PutEventsCommand', { Entries });
    expect(refused).toMatchObject({ type: 'refused', name: 'AccessDeniedException', status: 400 });
    expect(refused).toHaveProperty(
      'message',
      expect.stringContaining('events:PutEvents on resource: arn:aws:events:us-east-1:123456789012:event-bus/other'),
    );
  });

  it('to SES: the configuration set is a resource of its own', async () => {
    const withSet = await probe(stack, 'SendEmailCommand', mail({ ConfigurationSetName: 'mini' }));
    expect(withSet).toMatchObject({ type: 'refused', name: 'AccessDeniedException', status: 403 });
    expect(withSet).toHaveProperty(
      'message',
      expect.stringMatching(
        /^User `.*\/probe' is not authorized to perform `ses:SendEmail' on resource `.*:configuration-set\/mini'$/,
      ),
    );
    expect(await probe(stack, 'GetAccountCommand', {})).toHaveProperty(
      'message',
      expect.stringContaining('ses:GetAccount'),
    );
  });

  it('to SSM', async () => {
    const refused = await probe(stack, 'GetParameterCommand', { Name: '/other/secret' });
    expect(refused).toMatchObject({ type: 'refused', name: 'AccessDeniedException', status: 400 });
    expect(refused).toHaveProperty(
      'message',
      expect.stringMatching(/ssm:GetParameter on resource: .*:parameter\/other\/secret because/),
    );
  });

  it('is told in the log, by function', () => {
    expect(stack.lines.some((line) => /^probe was denied: User: /.test(line))).toBe(true);
  });
});

describe('what the role does allow passes', () => {
  it.each<[string, string, object]>([
    ['a write in its partitions', 'PutItemCommand', { TableName: 'mini', Item: item('P#1') }],
    ['a key with exactly one more character', 'GetItemCommand', { TableName: 'mini', Key: key('Q#1') }],
    ['a query of its partition', 'QueryCommand', query('P#1')],
    ['a query of its topic in the index', 'QueryCommand', topics('PROBE')],
    ['a batch all of its own', 'BatchGetItemCommand', { RequestItems: { mini: { Keys: [key('P#1'), key('P#2')] } } }],
    [
      'a transaction all of its own',
      'TransactWriteItemsCommand',
      { TransactItems: [{ Put: { TableName: 'mini', Item: item('P#3') } }] },
    ],
    ['a queue it may fill', 'SendMessageCommand', { QueueUrl: 'plain', MessageBody: 'x' }],
    ['a queue whose own policy lets it in', 'ReceiveMessageCommand', { QueueUrl: 'own' }],
    ['a mail without a configuration set', 'SendEmailCommand', mail()],
    ['a parameter below its path', 'GetParameterCommand', { Name: '/mini/greeting' }],
  ])('%s', async (_what, command, input) => {
    expect(await probe(stack, command, input)).toMatchObject({ type: 'answered' });
  });

  it('but no more than one', async () => {
    expect(await probe(stack, 'GetItemCommand', { TableName: 'mini', Key: key('Q#12') })).toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  it('and is on the bill, although it went past the main thread', async () => {
    const before = metering.parse(await getJson(`${stack.control}/metering`));
    await probe(stack, 'PutItemCommand', { TableName: 'mini', Item: item('P#metered') });
    const after = metering.parse(await getJson(`${stack.control}/metering`));
    expect(after.byFunction['probe']?.writeUnits).toBeGreaterThan(before.byFunction['probe']?.writeUnits ?? 0);
  });
});

describe('somebody nobody knows', () => {
  const call = (headers: Record<string, string>) =>
    fetch(stack.awsEndpoint, {
      method: 'POST',
      headers: { 'x-amz-target': 'AmazonSSM.GetParameter', ...headers },
      body: '{"Name":"/mini/secret"}',
    });

  it('is refused with and without a key', async () => {
    expect(await (await call({})).json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
    const stranger = await call({
      authorization: 'AWS4-HMAC-SHA256 Credential=stranger/20260101/us-east-1/ssm/aws4_request',
    });
    expect(await stranger.json()).toMatchObject({ __type: 'UnrecognizedClientException' });
  });
});
