import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { writeCustomer } from '../../shared/adapters/dynamodb/items/customer-item.ts';
import { sampleCustomer } from '../support/samples.ts';
import { perennial, resourcesOf } from './synthesized.ts';

/**
 * A function answers which records failed. An identifier that is empty, null or no record of the batch makes Lambda take the
 * whole batch for failed: https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
type Handler = (event: unknown, context: object) => Promise<unknown>;

/** Whoever answers for single records, as the stacks have it: a new function is in this list by itself. */
const consumers = resourcesOf(perennial, 'AWS::Lambda::EventSourceMapping')
  .filter(([, { Properties }]) => Properties.FunctionResponseTypes?.includes('ReportBatchItemFailures'))
  .map(([id, { Properties }]) => {
    const { FunctionName, Environment } = perennial.Resources[Properties.FunctionName.Ref]?.Properties ?? {};
    const filters = Properties.FilterCriteria?.Filters ?? [];
    return {
      id,
      name: String(FunctionName).replace(/^perennial-prod-/, ''),
      variables: Object.keys(Environment?.Variables ?? {}),
      isStream: Properties.StartingPosition !== undefined,
      entities: filters.flatMap(({ Pattern }: { Pattern: string }) => JSON.parse(Pattern).dynamodb.NewImage.entity.S),
    };
  });

const root = join(import.meta.dirname, '../..');
const pathOf = (name: string) => join(root, 'functions', name, 'handler.ts');
const timeLeft = { getRemainingTimeInMillis: () => 60_000 };
const answer = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.unknown() })) });

/** What Lambda makes of it: everything again, or these. */
const outcomeOf = async (handler: Handler, Records: readonly object[]) => {
  try {
    return answer
      .parse(await handler({ Records }, timeLeft))
      .batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  } catch (error) {
    if (error instanceof z.ZodError && error.issues[0]?.path[0] === 'batchItemFailures') throw error;
    return 'all';
  }
};

let server: Server;
const handlers = new Map<string, Handler>();
beforeAll(async () => {
  // AWS on a bad day: whatever is asked fails.
  server = createServer((request, response) => {
    request.resume();
    response.writeHead(500, { 'content-type': 'application/x-amz-json-1.0' }).end('{"__type":"InternalServerError"}');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const { port } = server.address() as AddressInfo;
  for (const [name, value] of Object.entries({
    ...{ AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`, AWS_REGION: 'us-east-1', AWS_MAX_ATTEMPTS: '1' },
    ...{ AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
  }))
    vi.stubEnv(name, value);
  for (const { name, variables } of consumers) {
    for (const variable of variables)
      vi.stubEnv(
        variable,
        process.env[variable] ?? (/SHARDS|PER_/.test(variable) ? '1' : `http://127.0.0.1:${port}/${name}`),
      );
    handlers.set(name, (await import(/* @vite-ignore */ pathToFileURL(pathOf(name)).href)).handler);
  }
});
afterAll(() => {
  server.close();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const handlerOf = (name: string): Handler => {
  const handler = handlers.get(name);
  if (handler === undefined) throw new Error(`no handler of ${name}`);
  return handler;
};

const message = (messageId: string, body: string) => ({ messageId, body, eventSource: 'aws:sqs', attributes: {} });
/** What no consumer can read. */
const unreadable = [
  '',
  'no json',
  '{}',
  'null',
  '[]',
  '{"detail":null}',
  '{"detail":{"type":"unheard-of"}}',
  '{"Records":[]}',
];
/** What every consumer can: a call of any queue, and an event of a mail. */
const asked = JSON.stringify({
  detail: {
    ...{ type: 'customer', store: 'demo', customer: 'c', kind: 'send', shard: 0, lease: 1, eventType: 'Delivery' },
    delivery: { timestamp: '2026-03-01T06:00:00Z' },
    mail: {
      ...{ timestamp: '2026-03-01T06:00:00Z', messageId: 'ses-1', destination: ['ada@example.com'] },
      tags: { store: ['demo'], customer: ['c'], send: ['s'] },
    },
  },
});

const record = (SequenceNumber: string, Keys: object | undefined, NewImage: object | undefined) => ({
  ...{ eventID: SequenceNumber, eventName: 'MODIFY', eventSource: 'aws:dynamodb', awsRegion: 'us-east-1' },
  dynamodb: {
    SequenceNumber,
    StreamViewType: 'NEW_AND_OLD_IMAGES',
    ...(Keys && { Keys }),
    ...(NewImage && { NewImage }),
  },
});
const key = (pk: string, sk: string) => ({ pk: { S: pk }, sk: { S: sk } });

describe('fault 11: a partial answer that names no record', () => {
  it('every consumer of a stream or a queue is looked at', () => {
    expect(consumers.filter(({ isStream }) => isStream).length).toBeGreaterThanOrEqual(2);
    expect(consumers.filter(({ isStream }) => !isStream).length).toBeGreaterThanOrEqual(5);
    for (const { name } of consumers) expect([name, existsSync(pathOf(name))]).toEqual([name, true]);
  });

  it.each(consumers.filter(({ isStream }) => !isStream))(
    '$id: $name names messages that are there, and each it cannot read',
    async ({ name }) => {
      const bodies = [...unreadable, asked, ...unreadable];
      const batch = bodies.map((body, n) => message(`m-${n}`, body));
      const reported = await outcomeOf(handlerOf(name), batch);
      expect(batch.map(({ messageId }) => messageId)).toEqual(expect.arrayContaining([...reported]));
      expect(new Set(reported).size).toBe(reported.length);
      const known = await outcomeOf(handlerOf(name), [message('alone', asked)]);
      expect(known).toEqual(['alone']);
      for (const { messageId, body } of batch) {
        // SES sends more than we read: what is no event of a mail of ours is nobody's failure.
        if (name === 'feedback' && (await outcomeOf(handlerOf(name), [message('one', body)])).length === 0) continue;
        expect([messageId, body, reported.includes(messageId)]).toEqual([messageId, body, true]);
      }
    },
  );

  it.each(consumers.filter(({ isStream }) => isStream))(
    '$id: $name names records that are there, or none and all are repeated',
    async ({ name, entities }) => {
      const good = writeCustomer({ ...sampleCustomer(), version: 1 });
      const broken = entities.flatMap((entity: string) => [
        record('', key('S#demo#C#c', 'X'), { ...key('S#demo#C#c', 'X'), entity: { S: entity }, v: { N: '99' } }),
        record('', key('S#demo#O#unheard-of:1', 'ORDER'), {
          ...key('S#demo#O#unheard-of:1', 'ORDER'),
          entity: { S: entity },
          v: { N: '1' },
        }),
        record('', undefined, { entity: { S: entity } }),
        record('', key('S#demo#O#standard:1', 'ORDER'), {
          ...key('S#demo#O#standard:1', 'ORDER'),
          entity: { S: entity },
        }),
      ]);
      const failing = record('', key('S#demo#C#c', 'CUSTOMER'), good);
      const numbered = [...broken, failing].map((one, n) => ({
        ...one,
        dynamodb: { ...one.dynamodb, SequenceNumber: `10000000000000000000${n}` },
      }));
      const batches = [numbered, ...numbered.map((one) => [one])];
      for (const batch of batches) {
        const reported = await outcomeOf(handlerOf(name), batch);
        if (reported === 'all') continue;
        expect(batch.map(({ dynamodb }) => dynamodb.SequenceNumber)).toEqual(expect.arrayContaining([...reported]));
      }
    },
  );

  it.each(consumers.filter(({ isStream }) => isStream))(
    '$id: $name says of nothing that it is done while AWS fails',
    async ({ name, entities }) => {
      const pk = entities.includes('ORDER') ? 'S#demo#O#standard:1' : 'S#demo#C#c';
      const image = entities.includes('ORDER')
        ? { entity: { S: 'ORDER' } }
        : writeCustomer({ ...sampleCustomer(), version: 1 });
      const outcome = await outcomeOf(handlerOf(name), [record('100000000000000000001', key(pk, 'ORDER'), image)]);
      expect(outcome === 'all' || outcome.length === 1).toBe(true);
    },
  );
});
