import { expect, it } from 'vitest';
import { perennial, type Resource, resourcesOf } from './synthesized.ts';

const queues = resourcesOf(perennial, 'AWS::SQS::Queue');
const policies = resourcesOf(perennial, 'AWS::SQS::QueuePolicy').map(([, policy]) => policy);
const isDead = ({ Properties }: Resource) => Properties.RedrivePolicy === undefined;
const work = queues.filter(([, queue]) => !isDead(queue));
const dead = queues.filter(([, queue]) => isDead(queue));
const statementsFor = (id: string) =>
  policies
    .filter(({ Properties }) => Properties.Queues.some((queue: { Ref: string }) => queue.Ref === id))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);

it('has a queue for each kind of work', () => {
  expect(work.map(([, { Properties }]) => Properties.QueueName).sort()).toEqual(
    ['enrol', 'feedback', 'react-retry', 'send', 'sweep'].map((name) => `perennial-prod-${name}`),
  );
});

it.each(work)('%s gives a message up after five attempts, to a dead-letter queue of its own', (id, { Properties }) => {
  expect(Properties.RedrivePolicy.maxReceiveCount).toBe(5);
  expect(Properties.RedrivePolicy.deadLetterTargetArn['Fn::GetAtt'][0]).toMatch(new RegExp(`^${id.slice(0, -8)}Dead`));
});

it.each(dead)('%s keeps what failed for 14 days', (_, { Properties }) => {
  expect(Properties.MessageRetentionPeriod).toBe(14 * 24 * 3600);
});

it.each(queues)('%s is encrypted and speaks TLS only', (id, { Properties }) => {
  expect(Properties.SqsManagedSseEnabled).toBe(true);
  expect(statementsFor(id)).toContainEqual(
    expect.objectContaining({
      Effect: 'Deny',
      Action: 'sqs:*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    }),
  );
});

it('hides a message for at least six timeouts of the function behind its queue', () => {
  const mappings = resourcesOf(perennial, 'AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);
  for (const [id, { Properties }] of work) {
    const mapping = mappings.find(({ EventSourceArn }) => EventSourceArn['Fn::GetAtt']?.[0] === id);
    const worker = perennial.Resources[mapping.FunctionName.Ref];
    expect(Properties.VisibilityTimeout, id).toBeGreaterThanOrEqual(6 * worker?.Properties.Timeout);
  }
});

it('lets events in from our own rules only', () => {
  const rules = resourcesOf(perennial, 'AWS::Events::Rule');
  expect(rules).toHaveLength(4);
  for (const [rule, { Properties }] of rules) {
    for (const { Arn, DeadLetterConfig } of Properties.Targets) {
      for (const queue of [Arn, DeadLetterConfig.Arn]) {
        expect(statementsFor(queue['Fn::GetAtt'][0])).toContainEqual(
          expect.objectContaining({
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [rule, 'Arn'] } } },
          }),
        );
      }
    }
  }
});
