import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { transact, waitMs } from '../../../shared/adapters/dynamodb/transact.ts';
import { type AwsWire, startAwsWire, wireCredentials } from '../../support/aws-wire.ts';

const token = z.object({ ClientRequestToken: z.string().min(1).max(36) });
const item = { Put: { TableName: 'table', Item: { pk: { S: 'S#demo#C#c1' }, sk: { S: 'VISIT#1' } } } };

const cancelled =
  (...codes: readonly string[]) =>
  () => ({
    status: 400,
    body: {
      __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
      Message: 'cancelled',
      CancellationReasons: codes.map((Code) => ({ Code })),
    },
  });
const taken = () => ({ status: 200, body: {} });

describe('transactions', () => {
  let wire: AwsWire;
  let client: DynamoDBClient;
  beforeAll(async () => {
    wire = await startAwsWire();
    client = new DynamoDBClient({ ...wireCredentials, endpoint: wire.endpoint, maxAttempts: 1 });
  });
  afterAll(() => wire.stop());
  const run = () => transact({ client, name: 'table' }, [item, item], () => 0);
  const tokens = () => wire.requests.map(({ body }) => token.parse(body).ClientRequestToken);

  it('are tried again under the same token while another writer is on an item', async () => {
    wire.answer(cancelled('None', 'TransactionConflict'), cancelled('TransactionConflict', 'None'), taken);
    expect(await run()).toEqual({ type: 'written' });
    expect(wire.requests).toHaveLength(3);
    expect(new Set(tokens()).size).toBe(1);
  });

  it('use a new token for each call, so that a second caller is not told of the first one success', async () => {
    wire.answer(taken);
    await run();
    await run();
    expect(new Set(tokens()).size).toBe(2);
  });

  it('say which condition refused, even when another item was contested', async () => {
    wire.answer(cancelled('ConditionalCheckFailed', 'TransactionConflict'));
    expect(await run()).toEqual({ type: 'refused', verdicts: [{ refused: true }, { refused: false }] });
    expect(wire.requests).toHaveLength(1);
  });

  it('give up after eight conflicts with a fault that names the kind of item and no person', async () => {
    wire.answer(cancelled('TransactionConflict', 'None'));
    await expect(run()).rejects.toMatchObject({ code: 'write.contended', details: { key: 'VISIT', attempts: 8 } });
    expect(wire.requests).toHaveLength(8);
  });

  it('pass on what they do not know', async () => {
    wire.answer(cancelled('ValidationError', 'None'));
    await expect(run()).rejects.toThrow('cancelled');
    wire.answer(() => ({ status: 400, body: { __type: 'ResourceNotFoundException', message: 'no table' } }));
    await expect(run()).rejects.toThrow('no table');
  });

  it('wait longer at each conflict, spread from zero to the full time', () => {
    expect([1, 2, 3, 7].map((attempt) => waitMs(attempt, 0.5))).toEqual([5, 10, 20, 320]);
    expect(waitMs(5, 0)).toBe(0);
  });
});
