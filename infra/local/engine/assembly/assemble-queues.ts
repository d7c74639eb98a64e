import * as z from 'zod';
import { nameOfArn, queueArn, topicArn } from '../aws-names.ts';
import { SnsTopic } from '../messaging/sns-topic.ts';
import { SqsQueue } from '../messaging/sqs-queue.ts';
import { RefusedHere } from '../refusal.ts';
import { queueUrl } from '../template/resource-names.ts';
import type { Blueprint } from './blueprint.ts';
import type { Core } from './core.ts';

const queue = z.object({
  VisibilityTimeout: z.coerce.number().default(30),
  DelaySeconds: z.coerce.number().default(0),
  MessageRetentionPeriod: z.coerce.number().default(345_600),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() }).optional(),
});
const subscription = z.object({
  TopicArn: z.string(),
  Endpoint: z.string(),
  Protocol: z.enum(['sqs', 'email']),
  RawMessageDelivery: z.coerce.boolean().default(false),
});

export const assembleQueues = (blueprint: Blueprint, core: Core): Map<string, SqsQueue> => {
  const found = blueprint.all(queue, 'AWS::SQS::Queue');
  const queues = new Map(
    found.map(({ name, properties: { VisibilityTimeout, DelaySeconds, MessageRetentionPeriod } }) => {
      const definition = {
        name,
        arn: queueArn(name),
        url: queueUrl(blueprint.addresses, name),
        visibilityMs: VisibilityTimeout * 1_000,
        delayMs: DelaySeconds * 1_000,
        retentionMs: MessageRetentionPeriod * 1_000,
      };
      return [name, new SqsQueue(definition, core)];
    }),
  );
  for (const { name, properties } of found) {
    if (properties.RedrivePolicy === undefined) continue;
    const { deadLetterTargetArn, maxReceiveCount } = properties.RedrivePolicy;
    queues.get(name)?.redriveTo(queueNamed(queues, deadLetterTargetArn), maxReceiveCount);
  }
  return queues;
};

export const assembleTopics = (
  blueprint: Blueprint,
  core: Core,
  queues: ReadonlyMap<string, SqsQueue>,
): Map<string, SnsTopic> => {
  const found = blueprint.all(z.object({}), 'AWS::SNS::Topic');
  const topics = new Map(found.map(({ name }) => [name, new SnsTopic(topicArn(name), core.now)]));
  for (const { properties } of blueprint.all(subscription, 'AWS::SNS::Subscription')) {
    if (properties.Protocol === 'email') continue; // for people who watch alarms, and nothing alarms here
    topics
      .get(nameOfArn(properties.TopicArn))
      ?.subscribe(queueNamed(queues, properties.Endpoint), properties.RawMessageDelivery);
  }
  return topics;
};

export const queueNamed = (queues: ReadonlyMap<string, SqsQueue>, arn: string): SqsQueue => {
  const found = queues.get(nameOfArn(arn));
  if (found === undefined) throw new RefusedHere('run the stack here', 'queue', 'be one of the stack', arn);
  return found;
};
