import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { type DemoSecrets, makeSecrets } from './demo-store.ts';

const schema = z.object({ shopify: z.string(), standard: z.string(), deploymentKey: z.string(), now: z.number() });

/** What a kept data folder remembers beside the table: the secrets shops sign with, and how late it was. */
export type KeptRun = Readonly<{ secrets: DemoSecrets; deploymentKey: string; now?: number }>;

const fileIn = (folder: string): string => join(folder, 'run.json');

/** Reads what an earlier run with this folder left; a fresh set when there was none. */
export const openKeptRun = async (folder: string | undefined, freshKey: () => string): Promise<KeptRun> => {
  const fresh = { secrets: makeSecrets(), deploymentKey: freshKey() };
  if (folder === undefined) return fresh;
  try {
    const { shopify, standard, deploymentKey, now } = schema.parse(JSON.parse(await readFile(fileIn(folder), 'utf8')));
    return { secrets: { shopify, standard }, deploymentKey, now };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return fresh;
    throw error;
  }
};

/** Leaves what the next run with this folder needs. */
export const keepRun = async (folder: string, { secrets, deploymentKey }: KeptRun, now: number): Promise<void> => {
  await mkdir(folder, { recursive: true });
  await writeFile(fileIn(folder), JSON.stringify({ ...secrets, deploymentKey, now }), { mode: 0o600 });
};
