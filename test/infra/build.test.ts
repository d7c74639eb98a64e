import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { buildFunctions } from '../../infra/build.ts';

const fixture = (handlers: Record<string, string>) => {
  const folder = mkdtempSync(join(tmpdir(), 'perennial-build-'));
  for (const [path, source] of Object.entries(handlers)) {
    mkdirSync(join(folder, 'functions', path, '..'), { recursive: true });
    writeFileSync(join(folder, 'functions', path), source);
  }
  return { functionsDir: join(folder, 'functions'), outDir: join(folder, 'dist') };
};

it('makes one runnable ES module of each handler, and of nothing else', async () => {
  const options = fixture({
    'hello/handler.ts':
      "import { greet } from './greet.ts';\nexport const handler = async (name: string) => greet(name);\n",
    'hello/greet.ts':
      "export const greet = (name: string): string => 'hello '.concat(name);\nexport const unused = 'never bundled';\n",
    'hello/parts/handler.ts': 'export const handler = 1;\n',
    'middleware/now.ts': 'export const now = 1;\n',
  });
  const sizes = await buildFunctions(options);
  expect(readdirSync(options.outDir, { recursive: true }).sort()).toEqual(['hello', join('hello', 'index.mjs')]);
  const file = join(options.outDir, 'hello', 'index.mjs');
  const { handler } = await import(pathToFileURL(file).href);
  expect(await handler('Ada')).toBe('hello Ada');
  const text = readFileSync(file, 'utf8');
  expect(text).not.toContain('never bundled');
  expect(sizes).toEqual([{ name: 'hello', bytes: Buffer.byteLength(text), gzipBytes: expect.any(Number) }]);
});

it("lets a CommonJS dependency require Node's own modules", async () => {
  const options = fixture({
    'old/dependency.cjs':
      "const { createHash } = require('crypto');\nmodule.exports.md5 = (s) => createHash('md5').update(s).digest('hex');\n",
    'old/handler.ts':
      "import dependency from './dependency.cjs';\nexport const handler = async () => dependency.md5('a');\n",
  });
  await buildFunctions(options);
  const { handler } = await import(pathToFileURL(join(options.outDir, 'old', 'index.mjs')).href);
  expect(await handler()).toBe('0cc175b9c0f1b6a831c399e269772661');
});

it('leaves nothing of an earlier build', async () => {
  const options = fixture({ 'now/handler.ts': 'export const handler = async () => 1;\n' });
  mkdirSync(join(options.outDir, 'gone'), { recursive: true });
  await buildFunctions(options);
  expect(readdirSync(options.outDir)).toEqual(['now']);
});
