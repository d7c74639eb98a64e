import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchWriteItemCommand, DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { getJson, postOrder, type RunningMini, startMini } from './fixture/running.ts';

const archived = z.object({
  requestContext: z.object({ condition: z.string(), approximateInvokeCount: z.number() }),
  DDBStreamBatchInfo: z.object({ batchSize: z.number(), startSequenceNumber: z.string().min(21) }),
  payload: z.string(),
});
const batch = z.object({
  Records: z.array(z.object({ dynamodb: z.object({ Keys: z.object({ pk: z.object({ S: z.string() }) }) }) })),
});

describe('streams', () => {
  let stack: RunningMini;
  let db: DynamoDBClient;
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'streams-'));
    stack = await startMini({ dataDir });
    db = new DynamoDBClient({
      endpoint: stack.awsEndpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'x' },
    });
  });
  afterAll(async () => {
    await stack.close();
    await rm(dataDir, { recursive: true });
  });

  const put = (sk: string, value: string) =>
    db.send(
      new PutItemCommand({
        TableName: 'mini',
        Item: { pk: { S: 'T' }, sk: { S: sk }, set: { SS: ['a', value] }, value: { S: value } },
      }),
    );
  const watched = () => stack.lines.filter((line) => line.startsWith('watch '));
  const mailed = async () => {
    const mails = await getJson(`${stack.control}/inbox`);
    const orders = Array.isArray(mails) ? mails.map((mail: { tags: { order: string } }) => mail.tags.order) : [];
    return [...new Set(orders)].sort(); // what shares a batch with a poisoned record may be delivered again
  };
  const archive = () =>
    readdirSync(join(dataDir, 's3', 'failures'), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
  const batches = () =>
    archive().map((file) => {
      const object = archived.parse(JSON.parse(readFileSync(join(file.parentPath, file.name), 'utf8')));
      const ids = batch.parse(JSON.parse(object.payload)).Records.map(({ dynamodb }) => dynamodb.Keys.pk.S);
      return {
        condition: object.requestContext.condition,
        attempts: object.requestContext.approximateInvokeCount,
        ids,
      };
    });

  it('report inserts, changes and removals, and not a write that changed nothing', async () => {
    await put('a', '1');
    await put('a', '1');
    await put('a', '2');
    await db.send(new DeleteItemCommand({ TableName: 'mini', Key: { pk: { S: 'T' }, sk: { S: 'a' } } }));
    await stack.idle();
    await expect.poll(watched).toEqual(['watch INSERT a', 'watch MODIFY a', 'watch REMOVE a']);
  });

  it('a poisoned record is cut out of its batch and kept in the bucket, and the others pass', async () => {
    await Promise.all(['p1', 'p2', 'poison', 'p3', 'p4'].map((id) => postOrder(stack, id)));
    await stack.idle();
    expect(await mailed()).toEqual(['p1', 'p2', 'p3', 'p4']);
    expect(batches()).toEqual([{ condition: 'RetryAttemptsExhausted', attempts: 3, ids: ['O#poison'] }]);
    expect(await getJson(`${stack.control}/status`)).toMatchObject({ idle: true, streams: { mini: { lag: 0 } } });
  });

  it('a reported failure is retried from its record on; what came before is done', async () => {
    await postOrder(stack, 'q1');
    await stack.idle();
    await postOrder(stack, 'partial');
    await stack.idle();
    await postOrder(stack, 'q2');
    await stack.idle();
    expect(await mailed()).toEqual(['p1', 'p2', 'p3', 'p4', 'q1', 'q2']);
    expect(batches().filter(({ ids }) => ids.includes('O#partial'))).toEqual([
      { condition: 'RetryAttemptsExhausted', attempts: 3, ids: ['O#partial'] },
    ]);
  });

  it('of a batch with a reported failure, what came before is delivered once and what comes after is given up with it', async () => {
    const order = (id: string) => ({
      PutRequest: { Item: { pk: { S: `O#${id}` }, sk: { S: 'ORDER' }, kind: { S: 'ORDER' } } },
    });
    await db.send(new BatchWriteItemCommand({ RequestItems: { mini: ['r1', 'partial-r', 'r2'].map(order) } }));
    await stack.idle();
    const mails = z
      .array(z.object({ tags: z.object({ order: z.string() }) }))
      .parse(await getJson(`${stack.control}/inbox`));
    expect(mails.map(({ tags }) => tags.order).filter((id) => id.startsWith('r'))).toEqual(['r1']);
    expect(batches().filter(({ ids }) => ids.includes('O#r2'))).toEqual([
      { condition: 'RetryAttemptsExhausted', attempts: 3, ids: ['O#partial-r', 'O#r2'] },
    ]);
  });

  it('kept data is found again, and nothing that was dealt with is delivered twice', async () => {
    const before = (await mailed()).length;
    expect(before).toBeGreaterThan(0);
    await stack.close();
    stack = await startMini({ dataDir });
    await stack.idle();
    expect(await mailed()).toEqual([]);
    expect(await (await postOrder(stack, 'p1')).json()).toEqual({ status: 'ignored' });
    expect(await (await postOrder(stack, 'fresh')).json()).toEqual({ status: 'accepted' });
    await stack.idle();
    expect(await mailed()).toEqual(['fresh']);
  });
});
