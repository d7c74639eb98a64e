import type { IncomingMessage } from 'node:http';
import type { AccessRequest } from '../iam/access-request.ts';
import { dynamoDbRequests, type KeysByTable } from '../iam/calls/dynamodb-call.ts';
import { recordOf } from '../iam/calls/json.ts';
import { eventsRequests, lambdaRequests, sesRequests, sqsRequests, ssmRequests } from '../iam/calls/service-calls.ts';
import { AwsFault } from '../messaging/aws-fault.ts';

export type AwsService = 'dynamodb' | 'sqs' | 'events' | 'ssm' | 'ses' | 'lambda';

/** One request in the wire protocol of the service it speaks to. */
export interface AwsCall {
  service: AwsService;
  /** As the API names it: `PutItem`, `SendEmail`. */
  operation: string;
  /** `X-Amz-Target`, where the protocol has one. */
  target: string;
  method: string;
  path: string;
  body: Buffer;
  json: unknown;
  /** The access key id; nothing for a request that nobody signed. */
  caller: string | undefined;
}

const targets: Readonly<Record<string, AwsService>> = {
  DynamoDB_20120810: 'dynamodb',
  DynamoDBStreams_20120810: 'dynamodb',
  AmazonSQS: 'sqs',
  AWSEvents: 'events',
  AmazonSSM: 'ssm',
};

export const readCall = (request: IncomingMessage, body: Buffer): AwsCall => {
  const header = request.headers['x-amz-target'];
  const target = typeof header === 'string' ? header : '';
  const method = request.method ?? 'GET';
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const [prefix = '', named = ''] = target.split('.');
  const known = Object.hasOwn(targets, prefix) ? targets[prefix] : undefined;
  const spoken = known === undefined ? restCall(method, path) : { service: known, operation: named };
  if (spoken === undefined)
    throw new AwsFault(404, 'UnknownOperationException', `${method} ${path} ${target} is not supported here`);
  const json: unknown = body.length === 0 ? {} : JSON.parse(body.toString());
  return { ...spoken, target, method, path, body, json, caller: callerOf(request) };
};

const restCall = (method: string, path: string): Pick<AwsCall, 'service' | 'operation'> | undefined => {
  if (path === '/v2/email/account') return { service: 'ses', operation: 'GetAccount' };
  if (path.startsWith('/v2/email/'))
    return { service: 'ses', operation: path === '/v2/email/outbound-emails' ? 'SendEmail' : `${method} ${path}` };
  return functionOf(path) === undefined ? undefined : { service: 'lambda', operation: 'Invoke' };
};

/** The function that a path invokes. */
export const functionOf = (path: string): string | undefined => {
  const name = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(path)?.[1];
  return name === undefined ? undefined : decodeURIComponent(name);
};

/** The access key names the caller: every function has its own. */
const callerOf = (request: IncomingMessage): string | undefined =>
  /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1];

/** What the call needs to be allowed. */
export const requestsOf = (call: AwsCall, tables: KeysByTable): AccessRequest[] => {
  const json = recordOf(call.json);
  switch (call.service) {
    case 'dynamodb':
      return dynamoDbRequests(call.operation, json, tables);
    case 'sqs':
      return sqsRequests(call.operation, json);
    case 'events':
      return eventsRequests(call.operation, json);
    case 'ssm':
      return ssmRequests(call.operation, json);
    case 'ses':
      return sesRequests(call.method, call.path, json);
    case 'lambda':
      return lambdaRequests(functionOf(call.path) ?? '');
  }
};
