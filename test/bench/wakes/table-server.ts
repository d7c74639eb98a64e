import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startDynoxide } from '../../../infra/local/engine/tables/dynoxide.ts';
import type { Attributes } from '../../../shared/adapters/dynamodb/codec/codec.ts';
import { itemBytes } from '../../../shared/adapters/dynamodb/codec/item-size.ts';
import { indexNames } from '../../../shared/adapters/dynamodb/keys.ts';

const text = (name: string) => ({ AttributeName: name, AttributeType: 'S' as const });
const key = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' as const },
  { AttributeName: range, KeyType: 'RANGE' as const },
];

/** The table and its due index as they are deployed; without a stream, because nobody reads it here. */
const createTable = (client: DynamoDBClient, name: string): Promise<unknown> =>
  client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'duePk', 'dueSk'].map(text),
      KeySchema: key('pk', 'sk'),
      GlobalSecondaryIndexes: [
        { IndexName: indexNames.due, KeySchema: key('duePk', 'dueSk'), Projection: { ProjectionType: 'KEYS_ONLY' } },
      ],
    }),
  );

const stored = (attributes: Attributes): string => JSON.stringify(attributes);
const textOf = (item: Attributes, name: string): string => item[name]?.S ?? '';

/** Straight into the server's file, as its own writes would leave it: a million items in seconds instead of minutes. */
const fill = (file: string, table: string, items: Iterable<Attributes>): void => {
  const db = new DatabaseSync(file, { timeout: 10_000 });
  const row = db.prepare(`INSERT INTO "${table}" (pk, sk, item_json, item_size) VALUES (?, ?, ?, ?)`);
  const due = db.prepare(
    `INSERT INTO "${table}::gsi::due" (gsi_pk, gsi_sk, table_pk, table_sk, item_json) VALUES (?, ?, ?, ?, ?)`,
  );
  db.exec('BEGIN');
  for (const item of items) {
    const [pk, sk] = [`S:${textOf(item, 'pk')}`, `S:${textOf(item, 'sk')}`];
    row.run(pk, sk, stored(item), itemBytes(item));
    const { pk: itemPk, sk: itemSk, duePk, dueSk } = item;
    if (itemPk === undefined || itemSk === undefined || duePk === undefined || dueSk === undefined) continue;
    const keys = stored({ pk: itemPk, sk: itemSk, duePk, dueSk });
    due.run(`S:${duePk.S}`, `S:${dueSk.S}`, pk, sk, keys);
  }
  db.exec('COMMIT');
  db.close();
};

const memoryDisk = '/dev/shm';

export type BenchTables = Readonly<{
  client: DynamoDBClient;
  /** A table of that name holding these items. */
  make: (name: string, items: Iterable<Attributes>) => Promise<void>;
  close: () => Promise<void>;
}>;

/** A table server of this run's own, on a memory disk where there is one. */
export const openTables = async (): Promise<BenchTables> => {
  const parent = process.platform === 'linux' ? memoryDisk : tmpdir();
  const folder = await mkdtemp(join(parent, 'perennial-bench-'));
  const file = join(folder, 'tables.db');
  const server = await startDynoxide(file, folder);
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${server.port}`,
    region: 'local',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  });
  return {
    client,
    make: async (name, items) => {
      await createTable(client, name);
      fill(file, name, items);
    },
    close: async () => {
      client.destroy();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
