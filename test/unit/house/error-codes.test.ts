import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

it('every error code has a section in docs/errors.md, and every section a code', () => {
  const catalogue = /interface ErrorDetails \{([\s\S]*?)\n\}/.exec(read('shared/domain/errors.ts'))?.[1] ?? '';
  const codes = [...catalogue.matchAll(/'([a-z-]+\.[a-z-]+)':/g)].map(([, code]) => code);
  const sections = [...read('docs/errors.md').matchAll(/^## (.+)$/gm)].map(([, title]) => title);
  expect(codes.length).toBeGreaterThan(3);
  expect(sections.sort()).toEqual(codes.sort());
});

it('every section says why and what to do', () => {
  const sections = read('docs/errors.md').split(/^## /m).slice(1);
  for (const section of sections) expect(section).toMatch(/\*\*Why\*\* [\s\S]+\*\*Do\*\* /);
});
