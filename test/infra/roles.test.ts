import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { functionNames, functionOf, perennial, resourcesOf } from './synthesized.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

const listed = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** What a resource of a policy is, in words short enough for the table below. */
const inWords = (resource: unknown): string => {
  const text = JSON.stringify(resource);
  const index = /index\/(\w+)/.exec(text)?.[1];
  if (index !== undefined) return `index ${index}`;
  if (text.includes('StreamArn')) return 'stream';
  if (text.includes('/stream/*')) return 'streams of the table';
  if (text.includes('ErasureLog')) return 'erasure log';
  if (/ExportsOutputFnGetAttTable\w+Arn/.test(text)) return 'table';
  if (text.includes('Failures')) return text.includes('/*') ? 'files in failures' : 'failures';
  const parameter = /parameter\/perennial\/prod\/([^"]+)"/.exec(text)?.[1];
  if (parameter !== undefined) return `parameter ${parameter}`;
  const ses = /:(identity\/[^"]*|configuration-set\/[^"]*)"/.exec(text)?.[1];
  if (ses !== undefined) return ses;
  return /"(\w+?)(?:[0-9A-F]{8})"/.exec(text)?.[1] ?? text;
};

const statementsOf = (name: string): Statement[] => {
  const role: string = functionOf(name).Properties.Role['Fn::GetAtt'][0];
  const policies = resourcesOf(perennial, 'AWS::IAM::Policy').map(([, { Properties }]) => Properties);
  return policies
    .filter(({ Roles }) => Roles.some(({ Ref }: { Ref: string }) => Ref === role))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
};

/** `resource: actions`, merged and sorted. */
const grantsOf = (name: string): Record<string, string[]> => {
  const grants = new Map<string, Set<string>>();
  for (const { Action, Resource } of statementsOf(name)) {
    for (const resource of listed(Resource).map(inWords)) {
      const actions = grants.get(resource) ?? new Set();
      for (const action of listed(Action)) actions.add(action);
      grants.set(resource, actions);
    }
  }
  return Object.fromEntries([...grants].map(([resource, actions]) => [resource, [...actions].sort()]));
};

const dynamodb = (...actions: string[]) => actions.map((action) => `dynamodb:${action}`).sort();
const ownLog = (id: string) => ({ [`${id}Log`]: ['logs:CreateLogStream', 'logs:PutLogEvents'] });
const consume = [
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
  'sqs:ReceiveMessage',
];
const readStream = {
  stream: dynamodb('DescribeStream', 'GetRecords', 'GetShardIterator'),
  'streams of the table': dynamodb('ListStreams'),
  failures: ['s3:ListBucket'],
  'files in failures': ['s3:PutObject'],
};
const deploymentKey = { 'parameter deployment-key': ['ssm:GetParameter'] };
const readAndWrite = dynamodb('GetItem', 'Query', 'PutItem', 'UpdateItem');

const expected: Record<string, Record<string, string[]>> = {
  ingest: {
    ...ownLog('Ingest'),
    table: dynamodb('GetItem', 'PutItem', 'Query', 'UpdateItem'),
    'parameter stores/*/secrets': ['ssm:GetParameter'],
  },
  react: {
    ...ownLog('React'),
    ...readStream,
    ...deploymentKey,
    table: [...readAndWrite, 'dynamodb:BatchGetItem'].sort(),
    ReactRetryQueue: [...consume, 'sqs:SendMessage'],
  },
  relay: {
    ...ownLog('Relay'),
    ...readStream,
    table: dynamodb('GetItem', 'PutItem', 'Query', 'UpdateItem'),
    FactsBus: ['events:PutEvents'],
    'erasure log': dynamodb('GetItem', 'PutItem'),
    ...deploymentKey,
  },
  enrol: { ...ownLog('Enrol'), table: readAndWrite, EnrolQueue: consume },
  send: {
    ...ownLog('Send'),
    ...deploymentKey,
    table: [...readAndWrite, 'dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem'].sort(),
    SendQueue: consume,
    'parameter sending': ['ssm:GetParameter'],
    '"*"': ['ses:GetAccount'],
    'identity/*': ['ses:SendEmail'],
    'configuration-set/perennial-prod': ['ses:SendEmail'],
  },
  feedback: {
    ...ownLog('Feedback'),
    ...deploymentKey,
    table: dynamodb('BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    FeedbackQueue: consume,
    ReactRetryQueue: ['sqs:SendMessage'],
  },
  unsubscribe: { ...ownLog('Unsubscribe'), ...deploymentKey, table: dynamodb('UpdateItem') },
  preferences: {
    ...ownLog('Preferences'),
    ...deploymentKey,
    table: dynamodb('GetItem', 'PutItem', 'Query', 'UpdateItem'),
    ReactRetryQueue: ['sqs:SendMessage'],
  },
  sweep: {
    ...ownLog('Sweep'),
    'parameter sending': ['ssm:GetParameter'],
    table: dynamodb('GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'),
    'index due': dynamodb('Query'),
    'index roll': dynamodb('Query'),
    SendQueue: ['sqs:SendMessage'],
    EnrolQueue: ['sqs:SendMessage'],
    ReactRetryQueue: ['sqs:SendMessage'],
    SweepQueue: [...consume, 'sqs:SendMessage'],
    'erasure log': dynamodb('Query'),
  },
  fit: {
    ...ownLog('Fit'),
    table: dynamodb('BatchGetItem', 'GetItem', 'PutItem', 'Query'),
    'index roll': dynamodb('Query'),
  },
  admin: {
    ...ownLog('Admin'),
    ...deploymentKey,
    table: dynamodb('BatchGetItem', 'GetItem', 'PutItem', 'Query'),
    ReactRetryQueue: ['sqs:SendMessage'],
    'index roll': dynamodb('Query'),
    'parameter sending': ['ssm:GetParameter'],
  },
};

it.each(functionNames)('%s may do what is listed here and nothing more', (name) => {
  expect(grantsOf(name)).toEqual(expected[name]);
});

it('lets unsubscribe update items of customers, and read nothing', () => {
  const onTable = statementsOf('unsubscribe').filter(({ Resource }) => inWords(Resource) === 'table');
  expect(onTable).toHaveLength(1);
  expect(onTable[0]).toMatchObject({
    Effect: 'Allow',
    Action: 'dynamodb:UpdateItem',
    Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['S#*#C#*'] } },
  });
});

it('lets relay look up suppressed addresses, and query customers, and nothing else of the table', () => {
  const looksUp = statementsOf('relay').filter(
    ({ Action, Resource }) => listed(Action).includes('dynamodb:GetItem') && inWords(Resource) === 'table',
  );
  expect(looksUp.map(({ Condition }) => Condition)).toEqual([
    { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['S#*#X#*'] } },
  ]);
  const queries = statementsOf('relay').filter(({ Action }) => listed(Action).includes('dynamodb:Query'));
  expect(queries.map(({ Condition }) => Condition)).toEqual([
    { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['S#*#C#*'] } },
  ]);
});

it('lets sweep alone go through the table, and see keys, kinds and dates', () => {
  const scans = functionNames.flatMap((name) =>
    statementsOf(name).flatMap((one) => (listed(one.Action).includes('dynamodb:Scan') ? [{ name, ...one }] : [])),
  );
  expect(scans).toMatchObject([
    {
      name: 'sweep',
      Action: 'dynamodb:Scan',
      Condition: {
        'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk', 'entity', 'da', 'er', 'mi', 'u', 'a'] },
        StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
      },
    },
  ]);
});

it('lets relay and sweep read the partitions of customers, and query no other', () => {
  for (const name of ['relay', 'sweep']) {
    const queries = statementsOf(name).filter(
      ({ Action, Resource }) => listed(Action).includes('dynamodb:Query') && inWords(Resource) === 'table',
    );
    expect(queries.map(({ Condition }) => Condition)).toEqual([
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['S#*#C#*'] } },
    ]);
  }
});

it('lets relay alone write into the log that no restore replaces, and sweep alone read all of it', () => {
  const onLog = functionNames.flatMap((name) =>
    Object.entries(grantsOf(name)).flatMap(([on, actions]) => (on === 'erasure log' ? [[name, actions]] : [])),
  );
  expect(Object.fromEntries(onLog)).toEqual({
    relay: dynamodb('GetItem', 'PutItem'),
    sweep: dynamodb('Query'),
  });
});

it('lets ingest query the rows of one order, and no customer', () => {
  const queries = statementsOf('ingest').filter(({ Action }) => listed(Action).includes('dynamodb:Query'));
  expect(queries).toHaveLength(1);
  expect(queries[0]).toMatchObject({
    Action: 'dynamodb:Query',
    Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['S#*#O#*'] } },
  });
});

it.each(['fit', 'admin'])(
  'lets %s write in the partitions of stores, and into no customer, order or counter',
  (name) => {
    const writes = statementsOf(name).filter(({ Action }) =>
      listed(Action).some((action) => /dynamodb:(Put|Update)/.test(action)),
    );
    expect(writes.map(({ Action }) => listed(Action).filter((action) => /dynamodb:(Put|Update)/.test(action)))).toEqual(
      [['dynamodb:PutItem']],
    );
    expect(writes[0]?.Condition).toEqual({
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['S#*'] },
      'ForAllValues:StringNotLike': { 'dynamodb:LeadingKeys': ['S#*#*'] },
    });
  },
);

it('lets fit read customers, counters and stores, and no order, identity or suppression', () => {
  const reads = statementsOf('fit').filter(({ Action }) => listed(Action).includes('dynamodb:BatchGetItem'));
  expect(reads.map(({ Condition }) => Condition)).toEqual([
    { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['STORES', 'S#*#C#*', 'S#*#N#*'] } },
  ]);
});

it('has no wildcard action and no role with a policy of AWS', () => {
  const policies = resourcesOf(perennial, 'AWS::IAM::Policy').flatMap(
    ([, { Properties }]) => Properties.PolicyDocument.Statement,
  );
  expect(policies.flatMap(({ Action }) => listed(Action)).filter((action) => action.includes('*'))).toEqual([]);
  const roles = resourcesOf(perennial, 'AWS::IAM::Role');
  expect(roles.filter(([, { Properties }]) => Properties.ManagedPolicyArns !== undefined)).toEqual([]);
});

it('grants every call to the table that the adapters make', () => {
  const folder = new URL('../../shared/adapters/dynamodb/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const source = files.map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n');
  const commands = [...source.matchAll(/new (\w+)Command\(/g)].map(([, command]) => command ?? '');
  const parts = [...source.matchAll(/\b(Put|Update|Delete|ConditionCheck): [{\w]/g)].map(([, part]) => `${part}Item`);
  const calls = [...commands.filter((command) => command !== 'TransactWriteItems'), ...parts];
  expect(calls).toContain('PutItem');
  const granted = functionNames.flatMap((name) => Object.values(grantsOf(name)).flat());
  expect([...new Set(calls)].filter((call) => !granted.includes(`dynamodb:${call}`))).toEqual([]);
});

it('lets nobody delete an item', () => {
  const actions = functionNames.flatMap((name) => Object.values(grantsOf(name)).flat());
  expect(actions).toContain('dynamodb:Query');
  expect(actions.filter((action) => /DeleteItem|BatchWrite/.test(action))).toEqual([]);
});
