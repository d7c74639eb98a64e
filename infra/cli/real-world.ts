import { randomBytes } from 'node:crypto';
import { resolveTxt } from 'node:dns/promises';
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from './world.ts';

/** Where `npm start` leaves its address. */
const localFile = (): string =>
  resolve(process.env['PERENNIAL_HOME'] ?? resolve(import.meta.dirname, '../../.perennial'), 'local.json');

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

const textOf = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
};

/** `npm run` runs in the project; files are meant where the person was. */
const fromCaller = (path: string): string => resolve(process.env['INIT_CWD'] ?? process.cwd(), path);

const writtenAnew = async (path: string, content: string): Promise<'written' | 'there'> => {
  try {
    await writeFile(path, content, { flag: 'wx' });
    return 'written';
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return 'there';
    throw error;
  }
};

const answered = async (question: string): Promise<string> => {
  if (process.stdin.isTTY !== true) return '';
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await reader.question(question);
  } finally {
    reader.close();
  }
};

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

/** No record is an answer; no answer is a fault. */
const textRecords = async (name: string): Promise<readonly string[]> => {
  try {
    return (await resolveTxt(name)).map((parts) => parts.join(''));
  } catch (error) {
    if (hasCode(error, 'ENODATA') || hasCode(error, 'ENOTFOUND')) return [];
    throw error;
  }
};

export const realWorld = (): World => ({
  env: process.env,
  isTty: process.stdout.isTTY === true,
  print: (line) => void process.stdout.write(line),
  complain: (line) => void process.stderr.write(line),
  readSecret: (prompt) => (process.stdin.isTTY === true ? typedUnseen(prompt) : text(process.stdin)),
  ask: answered,
  status: (line) => {
    if (process.stderr.isTTY === true) process.stderr.write(`\r\u001B[2K${line}`);
  },
  readFile: (path) => textOf(fromCaller(path)),
  writeNewFile: (path, content) => writtenAnew(fromCaller(path), content),
  readLocalFile: () => textOf(localFile()),
  fetch: (url, init) => fetch(url, init),
  dns: { txt: textRecords },
  now: () => Date.now(),
  sleep: (ms) => sleep(ms),
  randomBytes: (count) => randomBytes(count),
});
