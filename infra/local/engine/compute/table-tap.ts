import http, { Agent, type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { askForCapacity } from '../tables/consumed-capacity.ts';
import { isMetered, type TableCall, tableCall } from '../tables/table-call.ts';
import { GateAgent } from './gate-agent.ts';

export interface TableAddress {
  host: string;
  port: number;
}

export interface TapOptions {
  endpoint: URL;
  server: TableAddress;
  /** Whether a call may go straight to the table server: its role allows it, and no fault is to meet it. */
  isFree: (target: string, body: Buffer) => boolean;
  tell: (call: TableCall) => void;
}

type Answered = (answer: IncomingMessage) => void;

/**
 * Inside a function's thread, sends DynamoDB requests straight to the table server instead of through the main thread, and
 * tells what each consumed and wrote. Half of a call's time was that detour; the wire protocol stays the SDK's own.
 * A request waits at a gate until its body is known; one that is not free takes the detour, where it is refused as AWS would.
 */
export const tapTables = ({ endpoint, server, isFree, tell }: TapOptions): void => {
  const direct = http.request;
  const tapped = (options: RequestOptions, answered?: Answered): ClientRequest => {
    const target = String(options.port) === endpoint.port ? targetOf(options) : undefined;
    return target === undefined ? direct(options, answered) : hold(target, options, answered);
  };
  const hold = (target: string, options: RequestOptions, answered: Answered | undefined): ClientRequest => {
    let told: Buffer | undefined;
    const gate = new GateAgent(options.agent instanceof Agent ? options.agent : http.globalAgent);
    const request = direct({ ...options, agent: gate.agent }, (answer) => {
      const body = told;
      if (body !== undefined)
        onceRead(answer, (read) => tell(tableCall(target, body, { status: answer.statusCode ?? 500, body: read })));
      answered?.(answer);
    });
    const end = request.end.bind(request);
    request.end = (chunk?: unknown) => {
      const body = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk ?? ''));
      if (!isFree(target, body)) {
        gate.open({ host: endpoint.hostname, port: Number(endpoint.port) });
        return end(body);
      }
      if (isMetered(target)) told = body;
      const asked = isMetered(target) ? askForCapacity(body) : body;
      request.setHeader('content-length', asked.length);
      gate.open(server);
      return end(asked);
    };
    return request;
  };
  http.request = tapped as typeof http.request;
  syncBuiltinESMExports();
};

const targetOf = ({ headers }: RequestOptions): string | undefined => {
  if (headers === undefined || Array.isArray(headers)) return undefined;
  const [, target] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'x-amz-target') ?? [];
  return typeof target === 'string' && target.startsWith('DynamoDB') ? target : undefined;
};

/** Hands over the whole answer as it passes by; a listener of our own would make it flow before the SDK listens. */
const onceRead = (answer: IncomingMessage, done: (body: Buffer) => void): void => {
  const parts: Buffer[] = [];
  const push = answer.push.bind(answer);
  answer.push = (part: unknown, encoding?: BufferEncoding) => {
    if (part === null) done(Buffer.concat(parts));
    else if (Buffer.isBuffer(part)) parts.push(part);
    return push(part, encoding);
  };
};
