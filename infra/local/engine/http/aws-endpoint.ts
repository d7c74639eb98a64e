import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import * as z from 'zod';
import type { Access } from '../assembly/access/assemble-access.ts';
import type { WorkerFunction } from '../compute/worker-function.ts';
import type { FaultBook } from '../faults/fault-book.ts';
import { meetFaults } from '../faults/meet-faults.ts';
import { handleSes } from '../mail/ses-api.ts';
import type { SimpleEmailService } from '../mail/simple-email-service.ts';
import { AwsFault } from '../messaging/aws-fault.ts';
import type { EventBridgeApi } from '../messaging/event-bridge-api.ts';
import { certificateFor } from '../messaging/sns-signing.ts';
import type { SqsApi } from '../messaging/sqs-api.ts';
import type { ParameterStore } from '../parameters/parameter-store.ts';
import type { DynamoDbProxy } from '../tables/dynamodb-proxy.ts';
import { type AwsCall, functionOf, readCall, requestsOf } from './aws-call.ts';
import { readBody } from './read-body.ts';

export interface AwsServices {
  access: Pick<Access, 'control' | 'tables'>;
  faults: FaultBook;
  tables: DynamoDbProxy;
  queues: SqsApi;
  events: EventBridgeApi;
  parameters: ParameterStore;
  mail: SimpleEmailService;
  functions: ReadonlyMap<string, WorkerFunction>;
}

interface Answer {
  status: number;
  body: Buffer;
  requestId?: string | undefined;
}

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
    const certificate = request.method === 'GET' ? certificateFor(request.url ?? '') : undefined;
    if (certificate !== undefined) return reply(response, { status: 200, body: Buffer.from(certificate) }, {});
    const call = readCall(request, (await readBody(request)) ?? Buffer.alloc(0));
    services.access.control.check(call.caller, requestsOf(call, services.access.tables));
    const answer = await meetFaults(services.faults, call, (met) => answerTo(services, met));
    if (answer !== undefined) reply(response, answer, {});
  } catch (error) {
    replyFault(response, error);
  }
};

const answerTo = async (services: AwsServices, call: AwsCall): Promise<Answer> => {
  const caller = call.caller ?? 'anonymous';
  if (call.service === 'dynamodb') return services.tables.handle(call.target, caller, call.body);
  return { status: 200, body: Buffer.from(JSON.stringify(await route(services, call, caller)) ?? 'null') };
};

const route = async (services: AwsServices, call: AwsCall, caller: string): Promise<unknown> => {
  const { operation, json } = call;
  if (call.service === 'sqs') return services.queues.handle(operation, json);
  if (call.service === 'events') return services.events.handle(operation, json, caller);
  if (call.service === 'ssm') return services.parameters.handle(operation, json);
  if (call.service === 'ses') return handleSes(services.mail, call.method, call.path, json, caller);
  return invoke(services, functionOf(call.path) ?? '', call.body);
};

const invoke = async ({ functions }: AwsServices, name: string, body: Buffer): Promise<unknown> => {
  const called = functions.get(name.split(':').at(-1) ?? name);
  if (called === undefined) throw new AwsFault(404, 'ResourceNotFoundException', `Function not found: ${name}`);
  const outcome = await called.invoke(body.length === 0 ? '{}' : body.toString());
  if (outcome.type === 'returned') return JSON.parse(outcome.payload);
  throw new AwsFault(500, outcome.errorType, outcome.errorMessage);
};

const reply = (
  response: ServerResponse,
  { status, body, requestId }: Answer,
  headers: Record<string, string>,
): void => {
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': body.length,
    'x-amzn-requestid': requestId ?? randomUUID(),
    ...headers,
  });
  response.end(body);
};

const replyFault = (response: ServerResponse, error: unknown): void => {
  const { status, code, message, queryCode, fields } = asFault(error);
  const headers = {
    'x-amzn-errortype': code,
    ...(queryCode !== undefined && { 'x-amzn-query-error': `${queryCode};Sender` }),
  };
  reply(response, { status, body: Buffer.from(JSON.stringify({ __type: code, message, ...fields })) }, headers);
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
