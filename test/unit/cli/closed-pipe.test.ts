import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What a program says and answers when whoever reads its output has gone before the first word. */
const unread = async (entry: string, closes: 'stdout' | 'stderr', args: readonly string[]) => {
  const child = spawn(process.execPath, [entry, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  child[closes].destroy();
  const [said, [code, signal]] = await Promise.all([
    text(closes === 'stdout' ? child.stderr : child.stdout),
    once(child, 'exit'),
  ]);
  return { said, code, signal };
};

it.each([
  'infra/cli/main.ts',
  'infra/analysis/backtest/main.ts',
  'infra/analysis/evaluate/main.ts',
  'infra/analysis/simulate/main.ts',
  'test/bench/main.ts',
])('%s ends without a word when nobody reads on', { timeout: 30_000 }, async (entry) => {
  expect(await unread(entry, 'stdout', ['--help'])).toEqual({ said: '', code: 0, signal: null });
});

it('goes on when only its complaints are not read', { timeout: 30_000 }, async () => {
  expect(await unread('infra/cli/main.ts', 'stderr', ['explain'])).toEqual({ said: '', code: 2, signal: null });
});
