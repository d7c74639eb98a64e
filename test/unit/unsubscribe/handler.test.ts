import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { handler as Handler } from '../../../functions/unsubscribe/handler.ts';
import { env } from '../../../shared/env.ts';
import { ada, adasToken, key } from './link-visit.ts';

type Call = Readonly<{ action: string; body: string }>;

/** Answers as SSM and DynamoDB would, and writes down what it was asked. */
const recordingAws = (calls: Call[]): Server =>
  createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const action = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    calls.push({ action, body: Buffer.concat(chunks).toString() });
    const answer = action === 'GetParameter' ? { Parameter: { Value: Buffer.from(key).toString('base64') } } : {};
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(answer));
  });

describe('the unsubscribe function, wired', () => {
  const calls: Call[] = [];
  const aws = recordingAws(calls);
  let handler: typeof Handler;

  beforeAll(async () => {
    await new Promise<void>((done) => aws.listen(0, '127.0.0.1', done));
    const { port } = aws.address() as AddressInfo;
    vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${port}`);
    vi.stubEnv('AWS_REGION', 'eu-central-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    vi.stubEnv(env.table, 'perennial');
    vi.stubEnv(env.parameters, '/perennial/test');
    ({ handler } = await import('../../../functions/unsubscribe/handler.ts'));
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    aws.closeAllConnections();
    aws.close();
  });
  beforeEach(() => calls.splice(0));

  const visit = (method: string, token: string) =>
    handler({
      version: '2.0',
      headers: { 'accept-language': 'en' },
      pathParameters: { token },
      requestContext: { http: { method } },
      body: 'List-Unsubscribe=One-Click',
      isBase64Encoded: false,
    } as unknown as Parameters<typeof handler>[0]);

  it('reads one key and, for a GET, asks for nothing else', async () => {
    expect((await visit('GET', adasToken)).statusCode).toBe(200);
    expect(calls.map(({ action }) => action)).toEqual(['GetParameter']);
  });

  it('makes one UpdateItem of a POST, on the contact of the customer in the link', async () => {
    expect((await visit('POST', adasToken)).statusCode).toBe(200);
    expect(calls.map(({ action }) => action)).toEqual(['UpdateItem']);
    expect(calls[0]?.body).toContain(ada.customerId);
    expect(calls[0]?.body).toContain('CONTACT');
  });

  it('calls nothing for a link we did not make', async () => {
    expect((await visit('POST', `${adasToken}A`)).statusCode).toBe(404);
    expect(calls).toEqual([]);
  });
});
