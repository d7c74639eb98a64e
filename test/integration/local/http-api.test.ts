import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { JwtIssuer } from '../../../infra/local/engine/http/jwt-issuer.ts';
import { Routes } from '../../../infra/local/engine/http/route-match.ts';
import { getJson, postOrder, type RunningMini, startMini } from './fixture/running.ts';

const echoed = z.looseObject({
  version: z.literal('2.0'),
  routeKey: z.string(),
  rawPath: z.string(),
  rawQueryString: z.string(),
  headers: z.record(z.string(), z.string()),
  queryStringParameters: z.record(z.string(), z.string()).optional(),
  pathParameters: z.record(z.string(), z.string()).optional(),
  cookies: z.array(z.string()).optional(),
  body: z.string().optional(),
  isBase64Encoded: z.boolean(),
});

describe('routes', () => {
  it('prefer a full match to a greedy one, a text to a parameter, a method to ANY', () => {
    const routes = new Routes<string>();
    for (const key of [
      '$default',
      'ANY /a/{proxy+}',
      'GET /a/{id}',
      'GET /a/list',
      'ANY /a/{id}',
      'POST /a/{id}/b/{other}',
    ])
      routes.add(key, key);
    const found = (method: string, path: string) => routes.match(method, path)?.routeKey;
    expect(found('GET', '/a/list')).toBe('GET /a/list');
    expect(found('GET', '/a/7')).toBe('GET /a/{id}');
    expect(found('PUT', '/a/7')).toBe('ANY /a/{id}');
    expect(found('GET', '/a/7/8')).toBe('ANY /a/{proxy+}');
    expect(found('POST', '/a/x%20y/b/z')).toBe('POST /a/{id}/b/{other}');
    expect(routes.match('POST', '/a/x%20y/b/z')?.pathParameters).toEqual({ id: 'x y', other: 'z' });
    expect(found('GET', '/elsewhere')).toBe('$default');
    expect(found('GET', '/a/')).toBe('$default');
  });
});

describe('the HTTP API', () => {
  let stack: RunningMini;
  beforeAll(async () => {
    stack = await startMini();
  });
  afterAll(() => stack.close());

  const echo = async (path: string, init: RequestInit = {}) =>
    echoed.parse(await (await fetch(`${stack.api}/echo${path}`, init)).json());

  it('hands over headers in lower case, query, cookies and path parameters', async () => {
    const event = await echo('/a%20b/c?x=1&x=2&y=%C3%A9', { headers: { 'X-Shop': 'One', Cookie: 'a=1; b=2' } });
    expect(event).toMatchObject({
      routeKey: 'ANY /echo/{proxy+}',
      rawPath: '/echo/a b/c',
      rawQueryString: 'x=1&x=2&y=%C3%A9',
      queryStringParameters: { x: '1,2', y: 'é' },
      pathParameters: { proxy: 'a b/c' },
      cookies: ['a=1', 'b=2'],
      isBase64Encoded: false,
    });
    expect(event.headers['x-shop']).toBe('One');
    expect(event.headers['cookie']).toBeUndefined();
  });

  it('hands over JSON as text and everything else in base64, byte for byte', async () => {
    const json = await echo('/x', {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: '{"é":1}',
    });
    expect(json).toMatchObject({ body: '{"é":1}', isBase64Encoded: false });
    const form = await echo('/x', { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) });
    expect(form.isBase64Encoded).toBe(true);
    expect(Buffer.from(form.body ?? '', 'base64').toString()).toBe('List-Unsubscribe=One-Click');
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x7b]);
    const binary = await echo('/x', { method: 'POST', headers: { 'content-type': 'application/json' }, body: bytes });
    expect(Buffer.from(binary.body ?? '', 'base64')).toEqual(bytes);
  });

  it('answers with the status, headers and cookies of the function', async () => {
    const answer = await fetch(`${stack.api}/echo/x`);
    expect(answer.headers.get('x-kind')).toBe('echo');
    expect(answer.headers.getSetCookie()).toEqual(['a=1']);
  });

  it('answers 404 where there is no route, 413 past 10 MB', async () => {
    const lost = await fetch(`${stack.api}/nowhere`);
    expect(lost.status).toBe(404);
    expect(await lost.json()).toEqual({ message: 'Not Found' });
    expect((await postOrder(stack, 'huge', { note: 'x'.repeat(10 * 1_024 * 1_024) })).status).toBe(413);
  });

  it('a function that takes too long or throws is a 500, and the next request finds a fresh one', async () => {
    expect((await fetch(`${stack.api}/slow`)).status).toBe(500);
    expect(stack.lines.some((line) => line.includes('Task timed out after 2.00 seconds'))).toBe(true);
    const bad = await fetch(`${stack.api}/orders/1`, { method: 'POST', body: 'no json' });
    expect(bad.status).toBe(500);
    expect(await bad.json()).toEqual({ message: 'Internal Server Error' });
    expect((await postOrder(stack, 'after')).status).toBe(202);
  });

  describe('behind the JWT authorizer', () => {
    const call = (token?: string) =>
      fetch(`${stack.api}/v1/echo`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
    const nowSeconds = () => Math.floor(Date.now() / 1_000);

    it('refuses no token, a foreign one, an expired one, and one for someone else', async () => {
      const foreign = (await JwtIssuer.create()).mint({ aud: 'mini' });
      const tokens = [
        undefined,
        'nonsense',
        foreign,
        stack.mintToken({ exp: nowSeconds() - 1 }),
        stack.mintToken({ aud: 'other' }),
        stack.mintToken({ iss: 'https://example.com' }),
      ];
      for (const token of tokens) {
        const answer = await call(token);
        expect(answer.status).toBe(401);
        expect(await answer.json()).toEqual({ message: 'Unauthorized' });
      }
    });

    it('refuses a token whose claims were changed', async () => {
      const [head, payload, signature] = stack.mintToken({ sub: 'ada' }).split('.');
      const claims: object = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString());
      const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'eve' })).toString('base64url');
      expect((await call(`${head}.${forged}.${signature}`)).status).toBe(401);
    });

    it('lets a good token through, its claims as text', async () => {
      const answer = await call(stack.mintToken({ sub: 'ada', roles: ['a', 'b'], admin: true }));
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({
        requestContext: {
          authorizer: { jwt: { claims: { sub: 'ada', roles: '[a b]', admin: 'true', aud: '[mini]' }, scopes: null } },
        },
      });
    });

    it('stays on the wall clock when virtual time moves', async () => {
      const token = stack.mintToken({ sub: 'ada', exp: nowSeconds() + 60 });
      await stack.advanceTo(stack.now() + 3 * 86_400_000);
      expect((await call(token)).status).not.toBe(401);
    });

    it('publishes its keys', async () => {
      expect(await getJson(`${stack.control}/issuer/.well-known/jwks.json`)).toMatchObject({
        keys: [{ kty: 'RSA', alg: 'RS256', use: 'sig' }],
      });
    });
  });
});
