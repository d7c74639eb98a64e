import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');

const filesUnder = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));

const sources = ['shared', 'functions', 'infra'].flatMap(filesUnder);
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
const code = (file: string): string =>
  textOf(file)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');

/** What a file imports: paths from the root for its own, names for packages. */
const importsOf = (file: string): string[] =>
  [...code(file).matchAll(/^(?:import|export|\}).*? from '([^']+)'|^import '([^']+)'|import\('([^']+)'\)/gm)]
    .map((match) => match[1] ?? match[2] ?? match[3] ?? '')
    .map((path) => (path.startsWith('.') ? join(dirname(file), path) : path));

/** Each layer and what it may import; a later row may import the rows before it. */
const allowed: readonly Readonly<{ layer: string; may: readonly string[] }>[] = [
  { layer: 'shared/domain/', may: ['shared/domain/'] },
  { layer: 'shared/ports/', may: ['shared/domain/', 'shared/ports/'] },
  { layer: 'shared/mail/', may: ['shared/domain/', 'shared/ports/', 'shared/mail/'] },
  { layer: 'shared/adapters/', may: ['shared/domain/', 'shared/ports/', 'shared/adapters/', 'shared/env.ts'] },
  { layer: 'functions/', may: ['shared/', 'functions/'] },
  {
    layer: 'infra/constructs/',
    may: ['shared/env.ts', 'shared/domain/errors.ts', 'infra/constructs/', 'infra/stacks/settings.ts'],
  },
  { layer: 'infra/stacks/', may: ['shared/env.ts', 'shared/domain/errors.ts', 'infra/constructs/', 'infra/stacks/'] },
];

describe('imports point one way', () => {
  for (const { layer, may } of allowed) {
    it(`${layer} imports only ${may.join(', ')}`, () => {
      const strays = sources
        .filter((file) => file.startsWith(layer))
        .flatMap((file) => importsOf(file).map((path) => ({ file, path })))
        .filter(
          ({ path }) => /^(shared|functions|infra|test)\//.test(path) && !may.some((prefix) => path.startsWith(prefix)),
        );
      expect(strays).toEqual([]);
    });
  }

  it('only adapters, wiring and the local machinery know the AWS SDK', () => {
    const users = sources.filter((file) => importsOf(file).some((path) => path.startsWith('@aws-sdk/')));
    const outside = users.filter(
      (file) => !/^shared\/adapters\/|^functions\/wiring\.ts$|^infra\/(local|cli)\//.test(file),
    );
    expect(outside).toEqual([]);
  });

  it('SDK clients are made in one place of the functions', () => {
    const makers = filesUnder('functions').filter((file) => /new \w+Client\(/.test(code(file)));
    expect(makers.filter((file) => file !== 'functions/wiring.ts')).toEqual([]);
  });
});

describe('the domain is pure', () => {
  const domain = sources.filter((file) => file.startsWith('shared/domain/'));
  const packages = new Set(['node:crypto', 'node:util', 'node:url', 'zod', 'temporal-polyfill', 'yaml']);

  it('imports nothing outside it but small pure libraries', () => {
    const strays = domain.flatMap((file) =>
      importsOf(file)
        .filter((path) => !path.startsWith('shared/') && !packages.has(path))
        .map((path) => `${file}: ${path}`),
    );
    expect(strays).toEqual([]);
  });

  it('reads no clock, no randomness, no process, no network', () => {
    const banned =
      /Date\.now|new Date\(\)|Math\.random|performance\.|\bprocess\.|\bfetch\(|randomBytes|randomUUID|Temporal\.Now/;
    expect(domain.filter((file) => banned.test(code(file)))).toEqual([]);
  });
});

describe('the clock', () => {
  it('is read in one place per handler and nowhere below it', () => {
    const readers = [...filesUnder('functions'), ...filesUnder('shared')].filter((file) =>
      /Date\.now\(|new Date\(\)/.test(code(file)),
    );
    expect(readers).toEqual(['shared/adapters/clock/system-clock.ts']);
  });
});

describe('names', () => {
  it('no file is called utils, helpers, manager, service or index', () => {
    expect(
      sources.filter((file) => /\/(.*-)?(utils?|helpers?|manager)\.ts$|\/(services?|index)\.ts$/.test(file)),
    ).toEqual([]);
  });

  it('files are kebab-case', () => {
    expect(sources.filter((file) => !/\/[a-z0-9]+(-[a-z0-9]+)*(\.(generated|d))?\.ts$/.test(file))).toEqual([]);
  });
});
