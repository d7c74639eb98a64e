import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { startDynoxide } from '../../engine/tables/dynoxide.ts';
import { dynamo, TableBackend } from '../../engine/tables/table-backend.ts';

const tables = z.object({ TableNames: z.array(z.string()) });
const page = z.object({ Items: z.array(z.unknown()), LastEvaluatedKey: z.unknown().optional() });
type LogTable = Readonly<{ name: string; items: readonly unknown[] }>;

const fileIn = (folder: string): string => join(folder, 'tables.db');

const during = async <T>(file: string, work: (backend: TableBackend) => Promise<T>): Promise<T> => {
  const server = await startDynoxide(file, undefined);
  const backend = new TableBackend(server);
  try {
    return await work(backend);
  } finally {
    backend.close();
    await server.close();
  }
};

const itemsOf = async (backend: TableBackend, name: string): Promise<readonly unknown[]> => {
  const items: unknown[] = [];
  let from: unknown;
  do {
    const start = from === undefined ? {} : { ExclusiveStartKey: from };
    const found = page.parse(await backend.call(dynamo('Scan'), { TableName: name, ...start }));
    items.push(...found.Items);
    from = found.LastEvaluatedKey;
  } while (from !== undefined);
  return items;
};

/** The log as it stands: it is no part of what a restore replaces. */
const readLog = (folder: string, isLog: (table: string) => boolean): Promise<readonly LogTable[]> =>
  during(fileIn(folder), async (backend) => {
    const { TableNames } = tables.parse(await backend.call(dynamo('ListTables'), {}));
    return Promise.all(TableNames.filter(isLog).map(async (name) => ({ name, items: await itemsOf(backend, name) })));
  });

const writeLog = (folder: string, logs: readonly LogTable[]): Promise<void> =>
  during(fileIn(folder), async (backend) => {
    for (const { name, items } of logs)
      for (const item of items) await backend.call(dynamo('PutItem'), { TableName: name, Item: item });
  });

/**
 * What DynamoDB's restore does, between two runs: the table becomes what it was in the copy, and the erasure log, the secrets,
 * the switch and the hour stay as they are.
 *
 * @param isLog Tells the erasure log by its name.
 */
export const restoreTable = async (
  folder: string,
  copy: string,
  isLog: (table: string) => boolean = (name) => /ErasureLog/.test(name),
): Promise<void> => {
  const logs = await readLog(folder, isLog);
  for (const rest of ['-wal', '-shm']) await rm(`${fileIn(folder)}${rest}`, { force: true });
  await copyFile(fileIn(copy), fileIn(folder));
  await writeLog(folder, logs);
};
