import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { World } from './world.ts';

/** Where `npm start` leaves its address. */
const localFile = (): string =>
  resolve(process.env['PERENNIAL_HOME'] ?? resolve(import.meta.dirname, '../../.perennial'), 'local.json');

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

const typedUnseen = async (prompt: string): Promise<string> => {
  process.stderr.write(prompt);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await reader.question('');
  } finally {
    reader.close();
    process.stderr.write('\n');
  }
};

export const realWorld = (): World => ({
  env: process.env,
  isTty: process.stdout.isTTY === true,
  print: (line) => void process.stdout.write(line),
  complain: (line) => void process.stderr.write(line),
  readSecret: (prompt) => (process.stdin.isTTY === true ? typedUnseen(prompt) : text(process.stdin)),
  readLocalFile: async () => {
    try {
      return await readFile(localFile(), 'utf8');
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  },
  fetch: (url, init) => fetch(url, init),
  now: () => Date.now(),
  randomBytes: (count) => randomBytes(count),
});
