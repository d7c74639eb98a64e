import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { problem } from '../../../functions/middleware/problem.ts';
import { problemOnFault } from '../../../functions/middleware/problem-on-fault.ts';
import { withNow } from '../../../functions/middleware/with-now.ts';
import { LifecycleError } from '../../../shared/domain/errors.ts';
import { request } from './ingest-bench.ts';

// The middlewares look at the event only.
const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'f',
  functionVersion: '1',
  invokedFunctionArn: 'arn',
  memoryLimitInMB: '128',
  awsRequestId: 'r',
  logGroupName: 'g',
  logStreamName: 's',
  getRemainingTimeInMillis: () => 1_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};

const failing = (error: Error) => {
  const logged: unknown[] = [];
  const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(problemOnFault({ error: (message, fields) => void logged.push({ message, ...fields }) }))
    .handler(() => Promise.reject(error));
  return { logged, answer: () => handler(request({ body: 'ada@example.com' }), context) };
};

describe('a problem', () => {
  it('is problem+json that nobody caches', () => {
    const { statusCode, headers, body } = problem({
      status: 404,
      title: 'Not Found',
      detail: 'no such customer',
      errors: [{ path: '$.id', rule: 'must exist' }],
    });
    expect({ statusCode, headers }).toEqual({
      statusCode: 404,
      headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    });
    expect(JSON.parse(body ?? '')).toEqual({
      type: 'about:blank',
      status: 404,
      title: 'Not Found',
      detail: 'no such customer',
      errors: [{ path: '$.id', rule: 'must exist' }],
    });
  });
  it('may carry headers and a type of its own', () => {
    const { headers, body } = problem({ status: 405, title: 'No', type: 'urn:x', headers: { allow: 'GET' } });
    expect(headers).toMatchObject({ allow: 'GET' });
    expect(JSON.parse(body ?? '')).toEqual({ type: 'urn:x', status: 405, title: 'No' });
  });
});

describe('a fault', () => {
  it('is a 500 that tells nothing, and its code is logged with the route', async () => {
    const { logged, answer } = failing(
      new LifecycleError('config.missing', 'cannot start: ada@example.com', { name: 'X' }),
    );
    const { statusCode, body } = await answer();
    expect(statusCode).toBe(500);
    expect(JSON.parse(body ?? '')).toEqual({ type: 'about:blank', status: 500, title: 'Internal Server Error' });
    expect(logged).toEqual([
      { message: 'request failed', route: 'POST /webhooks/{store}/{source}', code: 'config.missing' },
    ]);
  });
  it('of another making is logged by its class, never by its message', async () => {
    const { logged, answer } = failing(new TypeError('ada@example.com'));
    await answer();
    expect(JSON.stringify(logged)).toContain('TypeError');
    expect(JSON.stringify(logged)).not.toContain('ada@');
  });
});

describe('an invocation', () => {
  it('reads the clock once, however long it takes', async () => {
    let reads = 0;
    const clock = { now: () => ++reads };
    const run = withNow(clock, async (event: string, now) => `${event} ${now}`);
    expect([await run('a'), await run('b')]).toEqual(['a 1', 'b 2']);
    expect(reads).toBe(2);
  });
});
