import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

describe('pages', () => {
  it('link only to files that are there', () => {
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)]
        .map((match) => match[1] ?? '')
        .filter((target) => !existsSync(join(root, dirname(page), target)))
        .map((target) => `${page}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('name only npm scripts that exist', () => {
    const builtIn = new Set(['ci', 'install', 'start', 'test']);
    const unknown = pages.flatMap((page) =>
      [...read(page).matchAll(/npm run ([a-z][a-z:-]*[a-z])/g)]
        .map((match) => match[1] ?? '')
        .filter((name) => scripts[name] === undefined && !builtIn.has(name))
        .map((name) => `${page}: npm run ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it('name only source folders that exist', () => {
    const missing = pages
      .filter((page) => !page.startsWith('docs/adr'))
      .flatMap((page) =>
        [...read(page).matchAll(/`((?:functions|shared|infra|test|docs)\/[A-Za-z0-9/_.-]+)`/g)]
          .map((match) => (match[1] ?? '').replace(/\/$/, ''))
          .filter((path) => !existsSync(join(root, path)))
          .map((path) => `${page}: ${path}`),
      );
    expect(missing).toEqual([]);
  });
});

it('every dependency is justified in the decision about them', () => {
  const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string> | undefined>;
  const named = read('docs/adr/0001-dependencies.md');
  const isNamed = (name: string): boolean =>
    named.includes(name) ||
    (name.startsWith('@aws-sdk/client-') && named.includes(name.replace('@aws-sdk/client-', ''))) ||
    (name.startsWith('@types/') && named.includes('@types/*'));
  const all = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
    Object.keys(manifest[kind] ?? {}),
  );
  expect(all.filter((name) => !isNamed(name))).toEqual([]);
});
