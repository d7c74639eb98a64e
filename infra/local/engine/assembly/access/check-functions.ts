import * as z from 'zod';
import { functionArn, nameOfArn, queueArn } from '../../aws-names.ts';
import type { AccessRequest } from '../../iam/access-request.ts';
import { RefusedHere } from '../../refusal.ts';
import type { Blueprint } from '../blueprint.ts';
import type { AccessBook } from './access-book.ts';
import type { Role } from './read-roles.ts';

const lambda = z.object({ Role: z.string(), DeadLetterConfig: z.object({ TargetArn: z.string() }).optional() });
const onFailure = z.object({ OnFailure: z.object({ Destination: z.string() }).optional() }).optional();
const invokeConfig = z.object({ FunctionName: z.string(), DestinationConfig: onFailure });
const mapping = z.object({ FunctionName: z.string(), EventSourceArn: z.string(), DestinationConfig: onFailure });

/** What Lambda needs of a function's role to feed it and to hand on what failed; AWS refuses a mapping without it. */
export const checkFunctions = (blueprint: Blueprint, book: AccessBook): void => {
  const roles = functionRoles(blueprint, book);
  for (const { logicalId, name, properties } of blueprint.all(lambda, 'AWS::Lambda::Function')) {
    const role = roleOf(roles, logicalId, name);
    book.requireTrust(logicalId, role, 'lambda.amazonaws.com');
    if (properties.DeadLetterConfig !== undefined)
      book.requireRole(logicalId, role, handOver(properties.DeadLetterConfig.TargetArn));
  }
  for (const { logicalId, properties } of blueprint.all(invokeConfig, 'AWS::Lambda::EventInvokeConfig')) {
    const destination = properties.DestinationConfig?.OnFailure?.Destination;
    const role = roleOf(roles, logicalId, properties.FunctionName);
    if (destination !== undefined) book.requireRole(logicalId, role, handOver(destination));
  }
  for (const { logicalId, properties } of blueprint.all(mapping, 'AWS::Lambda::EventSourceMapping')) {
    const role = roleOf(roles, logicalId, properties.FunctionName);
    for (const request of mappingRequests(properties)) book.requireRole(logicalId, role, request);
  }
};

/** The role of each function, by function ARN. */
export const functionRoles = (blueprint: Blueprint, book: AccessBook): ReadonlyMap<string, Role> =>
  new Map(
    blueprint
      .all(lambda, 'AWS::Lambda::Function')
      .map(({ logicalId, name, properties }) => [functionArn(name), book.role(`${logicalId}.Role`, properties.Role)]),
  );

const roleOf = (roles: ReadonlyMap<string, Role>, where: string, name: string): Role => {
  const role = roles.get(functionArn(nameOfArn(name)));
  if (role === undefined) throw new RefusedHere('run the stack here', where, 'name a function of the stack', name);
  return role;
};

const mappingRequests = ({ EventSourceArn, DestinationConfig }: z.infer<typeof mapping>): AccessRequest[] => {
  const destination = DestinationConfig?.OnFailure?.Destination;
  const source = EventSourceArn.includes(':sqs:') ? queueRequests(EventSourceArn) : streamRequests(EventSourceArn);
  return [...source, ...(destination === undefined ? [] : failureRequests(destination))];
};

const queueRequests = (resource: string): AccessRequest[] =>
  ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((action) => ({ action: `sqs:${action}`, resource }));

const streamRequests = (resource: string): AccessRequest[] =>
  ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((action) => ({
    action: `dynamodb:${action}`,
    resource,
  }));

const failureRequests = (destination: string): AccessRequest[] =>
  destination.startsWith('arn:aws:s3:::')
    ? [
        { action: 's3:PutObject', resource: `${destination}/aws/lambda/mapping/shard/record` },
        { action: 's3:ListBucket', resource: destination },
      ]
    : [handOver(destination)];

const handOver = (queue: string): AccessRequest => ({
  action: 'sqs:SendMessage',
  resource: queueArn(nameOfArn(queue)),
});
