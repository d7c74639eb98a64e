import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stateFolder } from './run-folder.ts';

/** Where the operator's command line finds the system that runs here. */
export type LocalFile = Readonly<{
  pid: number;
  api: string;
  control: string;
  inbox: string;
  adminToken: string;
  awsEndpoint: string;
  parameterPrefix: string;
  tableName: string;
  region: string;
  stores: readonly Readonly<{ id: string; secrets: Readonly<Record<string, string>> }>[];
}>;

const path = join(stateFolder, 'local.json');

/** Put in place whole, readable by its owner only: it holds the run's secrets. */
export const writeLocalFile = async (content: LocalFile): Promise<void> => {
  await mkdir(stateFolder, { recursive: true });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, path);
};

/** Removes the file, unless another run has put its own there since. */
export const removeLocalFile = async (): Promise<void> => {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text?.includes(`"pid": ${process.pid},`) === true) await rm(path, { force: true });
};
