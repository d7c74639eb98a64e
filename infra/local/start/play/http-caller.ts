import { Agent, request } from 'node:http';

export type HttpAnswer = Readonly<{ status: number; body: string }>;
export type HttpCall = Readonly<{
  method: 'GET' | 'POST';
  url: string;
  headers?: Record<string, string>;
  body?: string;
}>;

/** Calls over a few kept connections: several thousand small requests, where `fetch` would spend more than the server. */
export interface HttpCaller {
  call(call: HttpCall): Promise<HttpAnswer>;
  close(): void;
}

export const httpCaller = (): HttpCaller => {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const call = ({ method, url, headers = {}, body = '' }: HttpCall): Promise<HttpAnswer> =>
    new Promise((resolve, reject) => {
      const length = { 'content-length': String(Buffer.byteLength(body)) };
      const outgoing = request(url, { method, agent, headers: { ...headers, ...length } }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  return { call, close: () => agent.destroy() };
};
