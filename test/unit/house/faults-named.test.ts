import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
/** The name of a suite: `describe('fault 7: …'`, with or without `.each(…)` or `.skipIf(…)` before it. */
const named = /\bdescribe\b[^'"`\n]*['"`]fault (\d+)\b/g;

it('each of the 25 faults has a test that carries its number', () => {
  const numbers = globSync('**/*.test.ts', { cwd: root }).flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(named)].map(([, number]) => Number(number)),
  );
  const missing = Array.from({ length: 25 }, (_, n) => n + 1).filter((number) => !numbers.includes(number));
  expect(missing).toEqual([]);
  expect(numbers.filter((number) => number < 1 || number > 25)).toEqual([]);
});
