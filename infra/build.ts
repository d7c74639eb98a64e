import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type BuildResult, build } from 'esbuild';

export interface BundleSize {
  readonly name: string;
  readonly bytes: number;
  readonly gzipBytes: number;
}

export interface BuildOptions {
  /** Where `<function>/index.mjs` goes; emptied first. */
  readonly outDir: string;
  /** @default - the repository's `functions` folder */
  readonly functionsDir?: string;
}

const root = fileURLToPath(new URL('..', import.meta.url));

/** CommonJS parts of a bundle ask for Node's own modules through `require`, which an ES module does not have. */
const requireBanner = "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);";

const handlersIn = async (functionsDir: string): Promise<{ name: string; entry: string }[]> => {
  const files = await readdir(functionsDir, { recursive: true });
  return files
    .filter((file) => /^[^/\\]+[/\\]handler\.ts$/.test(file))
    .map((file) => ({ name: file.split(/[/\\]/)[0] ?? file, entry: join(functionsDir, file) }))
    .sort((a, b) => a.name.localeCompare(b.name));
};

const bundle = (handlers: { name: string; entry: string }[], outDir: string) =>
  build({
    entryPoints: handlers.map(({ name, entry }) => ({ in: entry, out: `${name}/index` })),
    outdir: outDir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    write: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    banner: { js: requireBanner },
    legalComments: 'none',
    sourcemap: false,
    logLevel: 'warning',
    metafile: true,
  });

const sizesOf = async (result: BuildResult<{ metafile: true }>): Promise<BundleSize[]> => {
  const sizes = Object.entries(result.metafile.outputs).map(async ([path, { bytes }]) => ({
    name: path.split('/').at(-2) ?? path,
    bytes,
    gzipBytes: gzipSync(await readFile(path)).length,
  }));
  return Promise.all(sizes);
};

/** Bundles every `functions/<name>/handler.ts`; each bundle holds its part of the SDK, so Lambda's own copy never decides what runs. */
export const buildFunctions = async ({
  outDir,
  functionsDir = join(root, 'functions'),
}: BuildOptions): Promise<BundleSize[]> => {
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  return sizesOf(await bundle(await handlersIn(functionsDir), outDir));
};

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(0)} kB`.padStart(9);

if (import.meta.main) {
  const sizes = await buildFunctions({ outDir: join(root, 'dist') });
  for (const { name, bytes, gzipBytes } of sizes) {
    console.log(`${name.padEnd(14)}${kilobytes(bytes)}${kilobytes(gzipBytes)} gzip`);
  }
}
