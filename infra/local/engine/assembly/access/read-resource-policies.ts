import * as z from 'zod';
import { busArn, nameOfArn, queueArn, topicArn } from '../../aws-names.ts';
import { readPolicy } from '../../iam/policy-document.ts';
import { type CompiledStatement, compileResourcePolicy } from '../../iam/statement.ts';
import type { Blueprint } from '../blueprint.ts';

const queuePolicy = z.object({ PolicyDocument: z.unknown(), Queues: z.array(z.string()) });
const topicPolicy = z.object({ PolicyDocument: z.unknown(), Topics: z.array(z.string()) });
const busPolicy = z.object({ EventBusName: z.string().default('default'), Statement: z.unknown() });
const bus = z.object({ Policy: z.unknown().optional() });

/** What queues, topics and buses say of who may use them, by ARN. */
export const readResourcePolicies = (blueprint: Blueprint): ReadonlyMap<string, readonly CompiledStatement[]> => {
  const found = new Map<string, CompiledStatement[]>();
  const add = (arn: string, where: string, document: unknown): void => {
    found.set(arn, [...(found.get(arn) ?? []), ...compileResourcePolicy(where, readPolicy(where, document))]);
  };
  for (const { logicalId, properties } of blueprint.all(queuePolicy, 'AWS::SQS::QueuePolicy'))
    for (const url of properties.Queues) add(queueArn(nameOfArn(url)), logicalId, properties.PolicyDocument);
  for (const { logicalId, properties } of blueprint.all(topicPolicy, 'AWS::SNS::TopicPolicy'))
    for (const arn of properties.Topics) add(topicArn(nameOfArn(arn)), logicalId, properties.PolicyDocument);
  for (const { logicalId, properties } of blueprint.all(busPolicy, 'AWS::Events::EventBusPolicy'))
    add(busArn(nameOfArn(properties.EventBusName)), logicalId, { Statement: properties.Statement });
  for (const { logicalId, name, properties } of blueprint.all(bus, 'AWS::Events::EventBus'))
    if (properties.Policy !== undefined) add(busArn(name), logicalId, properties.Policy);
  return found;
};
