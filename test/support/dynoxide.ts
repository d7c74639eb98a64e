import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import type { ShardedTable } from '../../shared/adapters/dynamodb/table.ts';

const binary = (): string | undefined => {
  try {
    const found = join(dirname(createRequire(import.meta.url).resolve('@dynoxide/linux-x64/package.json')), 'dynoxide');
    return existsSync(found) ? found : undefined;
  } catch {
    return undefined;
  }
};

const endpointOfUser = process.env['DYNAMODB_ENDPOINT'];

/** Why tests against a DynamoDB server cannot run here, if they cannot. */
export const dynamoMissing: string | undefined =
  binary() === undefined && endpointOfUser === undefined
    ? 'skipped: no DynamoDB server (package @dynoxide/linux-x64 is not installed here and DYNAMODB_ENDPOINT is not set)'
    : undefined;

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });

const startServer = async (): Promise<Readonly<{ endpoint: string; child?: ChildProcess }>> => {
  const command = binary();
  if (command === undefined) return { endpoint: endpointOfUser ?? '' };
  const port = await freePort();
  const child = spawn(command, ['--port', String(port)], { stdio: 'ignore' });
  return { endpoint: `http://127.0.0.1:${port}`, child };
};

const answering = async (client: DynamoDBClient): Promise<void> => {
  for (let waitedMs = 0; ; waitedMs += 10) {
    try {
      await client.send(new ListTablesCommand({}));
      return;
    } catch (error) {
      if (waitedMs > 5_000) throw error;
      await pause(10);
    }
  }
};

const text = (name: string) => ({ AttributeName: name, AttributeType: 'S' as const });
const key = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' as const },
  { AttributeName: range, KeyType: 'RANGE' as const },
];

/** The table as infra/stacks makes it. */
const tableDefinition = (name: string): CreateTableCommandInput => ({
  TableName: name,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['pk', 'sk', 'duePk', 'dueSk', 'rollPk', 'rollSk'].map(text),
  KeySchema: key('pk', 'sk'),
  GlobalSecondaryIndexes: [
    { IndexName: 'due', KeySchema: key('duePk', 'dueSk'), Projection: { ProjectionType: 'KEYS_ONLY' } },
    {
      IndexName: 'roll',
      KeySchema: key('rollPk', 'rollSk'),
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['stage', 'lifecycle', 'fit', 'sampleHash'] },
    },
  ],
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
});

/** What requests cost: with `ReturnConsumedCapacity: INDEXES` on every call. A refused one costs too, but tells no units: hence `calls`. */
export type Meter = { writeUnits: number; readUnits: number; calls: number };

export type DynamoServer = Readonly<{
  client: DynamoDBClient;
  meter: Meter;
  /** A fresh table of its own; shards as given. */
  open(shards?: Readonly<{ due?: number; counter?: number }>): Promise<ShardedTable>;
  stop(): Promise<void>;
}>;

const capacityOf = (output: object): readonly Readonly<{ CapacityUnits?: number }>[] => {
  const consumed: unknown = 'ConsumedCapacity' in output ? output.ConsumedCapacity : undefined;
  const list: readonly unknown[] = Array.isArray(consumed) ? consumed : [consumed];
  return list.flatMap((one) => (typeof one === 'object' && one !== null ? [one] : []));
};

const reads = new Set(['GetItemCommand', 'QueryCommand', 'BatchGetItemCommand', 'ScanCommand']);
const dataCommands = new Set([
  ...reads,
  'PutItemCommand',
  'UpdateItemCommand',
  'DeleteItemCommand',
  'TransactWriteItemsCommand',
]);

const measure = (client: DynamoDBClient): Meter => {
  const meter = { writeUnits: 0, readUnits: 0, calls: 0 };
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const command = context.commandName ?? '';
      if (!dataCommands.has(command)) return next(args);
      meter.calls += 1;
      const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'INDEXES' } });
      const units = capacityOf(result.output).reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
      if (reads.has(command)) meter.readUnits += units;
      else meter.writeUnits += units;
      return result;
    },
    { step: 'initialize', name: 'meter' },
  );
  return meter;
};

/** One server per test file: it starts in about 30 ms. */
export const startDynamo = async (): Promise<DynamoServer> => {
  const { endpoint, child } = await startServer();
  const client = new DynamoDBClient({
    endpoint,
    region: 'local',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await answering(client);
  const meter = measure(client);
  let opened = 0;
  return {
    client,
    meter,
    async open(shards = {}) {
      opened += 1;
      const name = `perennial-${process.pid}-${Date.now()}-${opened}`;
      await client.send(new CreateTableCommand(tableDefinition(name)));
      return { client, name, dueShards: shards.due ?? 1, counterShards: shards.counter ?? 1 };
    },
    async stop() {
      client.destroy();
      if (!child) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
    },
  };
};
