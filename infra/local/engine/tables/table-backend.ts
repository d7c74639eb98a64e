import { Agent, request } from 'node:http';
import type { TableServer } from './dynoxide.ts';

export interface BackendAnswer {
  status: number;
  body: Buffer;
  requestId: string | undefined;
}

/** DynamoDB Local keeps one database per access key, so everybody looks the same to it. */
const credentials =
  'AWS4-HMAC-SHA256 Credential=perennial/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=local';

/** Plain calls to the table server, past the proxy and unmetered. */
export class TableBackend {
  readonly #server: TableServer;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64, scheduling: 'lifo' });

  constructor(server: TableServer) {
    this.#server = server;
  }

  send(target: string, body: Buffer): Promise<BackendAnswer> {
    const { host, port } = this.#server;
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': body.length,
      'x-amz-target': target,
      'x-amz-date': '20260101T000000Z',
      authorization: credentials,
    };
    return new Promise((resolve, reject) => {
      const call = request({ host, port, method: 'POST', path: '/', headers, agent: this.#agent }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => {
          const id = answer.headers['x-amzn-requestid'];
          const single = parts.length === 1 ? parts[0] : undefined;
          resolve({
            status: answer.statusCode ?? 500,
            body: single ?? Buffer.concat(parts),
            requestId: typeof id === 'string' ? id : undefined,
          });
        });
      });
      call.on('error', reject);
      call.end(body);
    });
  }

  /** A call of our own: the answer as parsed JSON, a thrown error for anything but 200. */
  async call(target: string, body: unknown): Promise<unknown> {
    const answer = await this.send(target, Buffer.from(JSON.stringify(body)));
    if (answer.status !== 200)
      throw new Error(`cannot call ${target}: ${answer.status} ${answer.body.toString().slice(0, 300)}`);
    return JSON.parse(answer.body.toString());
  }

  close(): void {
    this.#agent.destroy();
  }
}

export const dynamo = (operation: string): string => `DynamoDB_20120810.${operation}`;
export const streams = (operation: string): string => `DynamoDBStreams_20120810.${operation}`;
