import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import * as z from 'zod';
import type { WorkerFunction } from '../compute/worker-function.ts';
import { handleSes } from '../mail/ses-api.ts';
import type { SimpleEmailService } from '../mail/simple-email-service.ts';
import { AwsFault } from '../messaging/aws-fault.ts';
import type { EventBridgeApi } from '../messaging/event-bridge-api.ts';
import type { SqsApi } from '../messaging/sqs-api.ts';
import type { ParameterStore } from '../parameters/parameter-store.ts';
import type { DynamoDbProxy } from '../tables/dynamodb-proxy.ts';
import { readBody } from './read-body.ts';

export interface AwsServices {
  tables: DynamoDbProxy;
  queues: SqsApi;
  events: EventBridgeApi;
  parameters: ParameterStore;
  mail: SimpleEmailService;
  functions: ReadonlyMap<string, WorkerFunction>;
}

/** The access key names the caller: every function has its own. */
const callerOf = (request: IncomingMessage): string =>
  /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? 'anonymous';

/** One address that speaks the wire protocols of every service the SDK clients call. */
export const awsEndpoint = (services: () => AwsServices | undefined): Server => {
  const server = createServer((request, response) => void serve(services(), request, response));
  server.keepAliveTimeout = 0; // clients keep their sockets; closing an idle one races with their next request
  return server;
};

const serve = async (
  services: AwsServices | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  try {
    if (services === undefined) throw new AwsFault(503, 'ServiceUnavailable', 'The local run is not ready yet.');
    const body = (await readBody(request)) ?? Buffer.alloc(0);
    const target = request.headers['x-amz-target'];
    if (typeof target === 'string' && target.startsWith('DynamoDB'))
      return await serveTables(services, target, callerOf(request), body, response);
    const answer = await route(services, request, typeof target === 'string' ? target : undefined, body);
    reply(response, 200, answer, {});
  } catch (error) {
    replyFault(response, error);
  }
};

const serveTables = async (
  { tables }: AwsServices,
  target: string,
  who: string,
  body: Buffer,
  response: ServerResponse,
): Promise<void> => {
  const answer = await tables.handle(target, who, body);
  response.writeHead(answer.status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': answer.body.length,
    'x-amzn-requestid': answer.requestId ?? randomUUID(),
  });
  response.end(answer.body);
};

const route = async (
  services: AwsServices,
  request: IncomingMessage,
  target: string | undefined,
  body: Buffer,
): Promise<unknown> => {
  const caller = callerOf(request);
  const json: unknown = body.length === 0 ? {} : JSON.parse(body.toString());
  const [service, operation = ''] = target?.split('.') ?? [];
  if (service === 'AmazonSQS') return services.queues.handle(operation, json);
  if (service === 'AWSEvents') return services.events.handle(operation, json, caller);
  if (service === 'AmazonSSM') return services.parameters.handle(operation, json);
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  if (path.startsWith('/v2/email/')) return handleSes(services.mail, request.method ?? 'GET', path, json, caller);
  const invoked = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(path)?.[1];
  if (invoked !== undefined) return invoke(services, decodeURIComponent(invoked), body);
  throw new AwsFault(
    404,
    'UnknownOperationException',
    `${request.method} ${path} ${target ?? ''} is not supported here`,
  );
};

const invoke = async ({ functions }: AwsServices, name: string, body: Buffer): Promise<unknown> => {
  const called = functions.get(name.split(':').at(-1) ?? name);
  if (called === undefined) throw new AwsFault(404, 'ResourceNotFoundException', `Function not found: ${name}`);
  const outcome = await called.invoke(body.length === 0 ? '{}' : body.toString());
  if (outcome.type === 'returned') return JSON.parse(outcome.payload);
  throw new AwsFault(500, outcome.errorType, outcome.errorMessage);
};

const reply = (response: ServerResponse, status: number, value: unknown, headers: Record<string, string>): void => {
  const body = Buffer.from(JSON.stringify(value) ?? 'null');
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': body.length,
    'x-amzn-requestid': randomUUID(),
    ...headers,
  });
  response.end(body);
};

const replyFault = (response: ServerResponse, error: unknown): void => {
  const fault = asFault(error);
  const headers = {
    'x-amzn-errortype': fault.code,
    ...(fault.queryCode !== undefined && { 'x-amzn-query-error': `${fault.queryCode};Sender` }),
  };
  reply(response, fault.status, { __type: fault.code, message: fault.message }, headers);
};

const asFault = (error: unknown): AwsFault => {
  if (error instanceof AwsFault) return error;
  if (error instanceof z.ZodError) {
    return new AwsFault(
      400,
      'ValidationException',
      error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
    );
  }
  if (error instanceof SyntaxError) return new AwsFault(400, 'SerializationException', 'The body must be JSON.');
  return new AwsFault(500, 'InternalFailure', error instanceof Error ? error.message : String(error));
};
