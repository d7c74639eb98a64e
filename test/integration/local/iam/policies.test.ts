import { describe, expect, it } from 'vitest';
import type { AccessRequest, Principal } from '../../../../infra/local/engine/iam/access-request.ts';
import { dynamoDbRequests, type KeysByTable } from '../../../../infra/local/engine/iam/calls/dynamodb-call.ts';
import { eventsRequests, sesRequests, ssmRequests } from '../../../../infra/local/engine/iam/calls/service-calls.ts';
import { decide } from '../../../../infra/local/engine/iam/decide.ts';
import { readPolicy } from '../../../../infra/local/engine/iam/policy-document.ts';
import { compileIdentityPolicy, compileResourcePolicy } from '../../../../infra/local/engine/iam/statement.ts';

const role: Principal = { type: 'iam', arn: 'arn:aws:iam::123456789012:role/r' };
const events: Principal = { type: 'service', name: 'events.amazonaws.com' };
const put = { action: 'sqs:SendMessage', resource: 'arn:q' };
const from = (sourceArn: string): AccessRequest['context'] => ({ 'aws:sourcearn': [sourceArn] });
const compiled = (statement: object) =>
  compileIdentityPolicy(
    'P',
    readPolicy('P', { Statement: { Effect: 'Allow', Action: '*', Resource: '*', ...statement } }),
  );
const onResource = (...Statement: object[]) =>
  compileResourcePolicy(
    'P',
    readPolicy('P', {
      Statement: Statement.map((one) => ({ Effect: 'Allow', Action: 'sqs:*', Resource: 'arn:q', ...one })),
    }),
  );

describe('a policy that cannot be enforced is refused at the start, by name', () => {
  it.each([
    [
      'an unknown operator',
      { Condition: { NumericLessThan: { 'aws:SourceArn': '1' } } },
      /'P.NumericLessThan' must be one of .*got "NumericLessThan"/,
    ],
    [
      'an unknown key',
      { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } },
      /'P.StringEquals' must test one of .*"aws:PrincipalTag\/team"/,
    ],
    [
      'a key of many values without its quantifier',
      { Condition: { StringLike: { 'dynamodb:LeadingKeys': 'a' } } },
      /ForAllValues or ForAnyValue/,
    ],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
    ['a policy variable', { Resource: 'arn:aws:s3:::b/${aws:username}' }, /hold no policy variables/],
    ['an unknown element', { NotPrincipal: { AWS: '*' } }, /cannot enforce a policy/],
    ['a principal on a role', { Principal: '*' }, /name no principal/],
    ['both Action and NotAction', { NotAction: 'a:b' }, /either Action or NotAction/],
  ])('%s', (_what, statement, message) => {
    expect(() => compiled(statement)).toThrow(message);
  });
});

describe('conditions on a key that is not in the request', () => {
  it.each([
    ['StringEquals', false],
    ['StringNotEquals', true],
    ['ArnLike', false],
    ['ArnNotLike', true],
    ['StringEqualsIfExists', true],
    ['ForAllValues:StringLike', true],
    ['ForAnyValue:StringLike', false],
  ])('%s: %s', (operator, isAllowed) => {
    const identity = compiled({ Condition: { [operator]: { 'aws:SourceArn': 'arn:x' } } });
    expect(decide({ identity, resource: [] }, put, role).type).toBe(isAllowed ? 'allowed' : 'denied');
  });

  it('Null asks for just that', () => {
    const identity = compiled({ Condition: { Null: { 'aws:SourceArn': 'true' } } });
    expect(decide({ identity, resource: [] }, put, role).type).toBe('allowed');
    expect(decide({ identity, resource: [] }, { ...put, context: from('arn:x') }, role).type).toBe('denied');
  });
});

describe('the policy of a resource', () => {
  const rule = 'arn:aws:events:us-east-1:123456789012:rule/R';
  const letsRule = {
    Principal: { Service: 'events.amazonaws.com' },
    Condition: { ArnEquals: { 'aws:SourceArn': rule } },
  };

  it('lets in the service it names, for the source it names, and nobody else', () => {
    const policies = { identity: [], resource: onResource(letsRule) };
    expect(decide(policies, { ...put, context: from(rule) }, events).type).toBe('allowed');
    expect(decide(policies, { ...put, context: from(`${rule}2`) }, events).type).toBe('denied');
    expect(decide(policies, { ...put, context: from(rule) }, { type: 'service', name: 'sns.amazonaws.com' }).type).toBe(
      'denied',
    );
    expect(decide(policies, { ...put, context: from(rule) }, role).type).toBe('denied');
  });

  it('is enough for a role it names, without a word in the role; naming the account leaves it to the role', () => {
    const named = onResource({ Principal: { AWS: role.type === 'iam' ? role.arn : '' } });
    expect(decide({ identity: [], resource: named }, put, role).type).toBe('allowed');
    const account = onResource({ Principal: { AWS: 'arn:aws:iam::123456789012:root' } });
    expect(decide({ identity: [], resource: account }, put, role).type).toBe('denied');
  });

  it('denies over whatever the role says', () => {
    const shut = onResource({ Effect: 'Deny', Principal: { AWS: '*' } });
    expect(decide({ identity: compiled({}), resource: shut }, put, role)).toEqual({
      type: 'denied',
      why: 'resource-denies',
    });
  });

  it('that insists on TLS lets calls pass, which on AWS have it', () => {
    const tls = onResource({ Effect: 'Deny', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    expect(decide({ identity: compiled({}), resource: tls }, put, role).type).toBe('allowed');
  });
});

const arn = 'arn:aws:dynamodb:us-east-1:123456789012:table/t';
const tables: KeysByTable = { t: { arn, partitionKey: 'pk', indexes: { due: 'duePk' } } };
const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 's' } });
const onTable = (action: string, leading: string[], resource = arn) => ({
  action: `dynamodb:${action}`,
  resource,
  context: { 'dynamodb:leadingkeys': leading },
});

describe('what a table call needs', () => {
  it.each<[string, object, object[]]>([
    ['PutItem', { TableName: 't', Item: { ...key('a'), x: { S: 'b' } } }, [onTable('PutItem', ['a'])]],
    ['GetItem', { TableName: arn, Key: key('a') }, [onTable('GetItem', ['a'])]],
    ['UpdateItem', { TableName: 't', Key: { pk: { N: '7' } } }, [onTable('UpdateItem', ['7'])]],
    [
      'Scan',
      { TableName: 't', IndexName: 'due' },
      [
        {
          action: 'dynamodb:Scan',
          resource: `${arn}/index/due`,
          context: { 'dynamodb:attributes': [], 'dynamodb:select': ['ALL_ATTRIBUTES'] },
        },
      ],
    ],
    [
      'Scan',
      {
        TableName: 't',
        ProjectionExpression: 'pk, #d.inner, sk',
        FilterExpression:
          'entity IN (:CUSTOMER, :ORDER) AND begins_with(pk, :store) AND (da >= :x OR attribute_exists(mi))',
        ExpressionAttributeNames: { '#d': 'dated' },
      },
      [
        {
          action: 'dynamodb:Scan',
          resource: arn,
          context: {
            'dynamodb:attributes': ['pk', 'dated', 'sk', 'entity', 'da', 'mi'],
            'dynamodb:select': ['SPECIFIC_ATTRIBUTES'],
          },
        },
      ],
    ],
    ['DescribeTable', { TableName: 't' }, [{ action: 'dynamodb:DescribeTable', resource: arn }]],
    [
      'TransactWriteItems',
      {
        TransactItems: [
          { Put: { TableName: 't', Item: key('a') } },
          { Update: { TableName: 't', Key: key('b') } },
          { ConditionCheck: { TableName: 't', Key: key('c') } },
        ],
      },
      [onTable('PutItem', ['a']), onTable('UpdateItem', ['b']), onTable('ConditionCheckItem', ['c'])],
    ],
    ['TransactGetItems', { TransactItems: [{ Get: { TableName: 't', Key: key('a') } }] }, [onTable('GetItem', ['a'])]],
    ['BatchGetItem', { RequestItems: { t: { Keys: [key('a'), key('b')] } } }, [onTable('BatchGetItem', ['a', 'b'])]],
    [
      'BatchWriteItem',
      { RequestItems: { t: [{ PutRequest: { Item: key('a') } }, { DeleteRequest: { Key: key('b') } }] } },
      [onTable('BatchWriteItem', ['a', 'b'])],
    ],
  ])('%s', (operation, call, requests) => {
    expect(dynamoDbRequests(operation, { ...call }, tables)).toEqual(requests);
  });

  it.each([
    ['pk = :p'],
    ['#p = :p'],
    [':p = #p'],
    ['(#p = :p) AND (sk >= :s)'],
    ['sk >= :s AND #p=:p'],
    ['begins_with(sk, :s) and pk = :p'],
    ['sk BETWEEN :s AND :s AND pk  =  :p'],
  ])('Query by "%s" reads that partition', (KeyConditionExpression) => {
    const call = {
      TableName: 't',
      KeyConditionExpression,
      ExpressionAttributeNames: { '#p': 'pk' },
      ExpressionAttributeValues: { ':p': { S: 'a' }, ':s': { S: 'no' } },
    };
    expect(dynamoDbRequests('Query', call, tables)).toEqual([onTable('Query', ['a'])]);
  });

  it('Query of an index is of the index, by the index’s own key', () => {
    const call = {
      TableName: 't',
      IndexName: 'due',
      KeyConditionExpression: 'duePk = :d',
      ExpressionAttributeValues: { ':d': { S: 'D' } },
    };
    expect(dynamoDbRequests('Query', call, tables)).toEqual([onTable('Query', ['D'], `${arn}/index/due`)]);
  });

  it('Query that names no partition cannot slip past a condition: it is refused', () => {
    const call = { TableName: 't', KeyConditionExpression: 'sk = :s', ExpressionAttributeValues: { ':s': { S: 'a' } } };
    expect(() => dynamoDbRequests('Query', call, tables)).toThrow('missed key schema element: pk');
    expect(() => dynamoDbRequests('ExecuteStatement', { Statement: 'SELECT' }, tables)).toThrow('not supported');
  });
});

describe('what other calls need', () => {
  const arnOf = (service: string, rest: string) => `arn:aws:${service}:us-east-1:123456789012:${rest}`;

  it('a raw mail has an action of its own, and its sender may stand in it alone', () => {
    const Data = Buffer.from('From: Shop <a@shop.example>\r\nTo: b@example.com\r\n\r\nx').toString('base64');
    expect(
      sesRequests('POST', '/v2/email/outbound-emails', { Content: { Raw: { Data } }, ConfigurationSetName: 's' }),
    ).toEqual([
      { action: 'ses:SendRawEmail', resource: arnOf('ses', 'identity/shop.example') },
      { action: 'ses:SendRawEmail', resource: arnOf('ses', 'configuration-set/s') },
    ]);
  });

  it('events need every bus they go to; parameters every name', () => {
    const Entries = [
      { EventBusName: 'a' },
      { EventBusName: arnOf('events', 'event-bus/b') },
      {},
      { EventBusName: 'a' },
    ];
    expect(eventsRequests('PutEvents', { Entries }).map(({ resource }) => resource)).toEqual(
      ['a', 'b', 'default'].map((bus) => arnOf('events', `event-bus/${bus}`)),
    );
    expect(ssmRequests('GetParameters', { Names: ['/x/y', 'z'] }).map(({ resource }) => resource)).toEqual([
      arnOf('ssm', 'parameter/x/y'),
      arnOf('ssm', 'parameter/z'),
    ]);
  });
});
