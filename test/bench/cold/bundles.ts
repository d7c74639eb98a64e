import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildFunctions } from '../../../infra/build.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A function's bundle, and one that holds the same SDK clients and commands and does nothing. */
export type BundlePair = Readonly<{ name: string; ours: string; empty: string; clients: readonly string[] }>;

type SdkParts = ReadonlyMap<string, readonly string[]>;

/** Which clients and commands of the SDK went into a function's bundle. */
const sdkPartsOf = async (name: string): Promise<SdkParts> => {
  const { metafile } = await build({
    entryPoints: [join(root, 'functions', name, 'handler.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    metafile: true,
    logLevel: 'error',
    outdir: 'unused',
  });
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  const parts = new Map<string, string[]>();
  for (const [path, { bytesInOutput }] of inputs) {
    const found = /node_modules\/(@aws-sdk\/client-[a-z0-9-]+)\/dist-es\/(?:commands\/(\w+Command))?/.exec(path);
    if (found?.[1] === undefined || bytesInOutput === 0) continue;
    const commands = parts.get(found[1]) ?? [];
    if (found[2] !== undefined) commands.push(found[2]);
    parts.set(found[1], commands);
  }
  return parts;
};

const clientClass: Readonly<Record<string, string>> = {
  '@aws-sdk/client-dynamodb': 'DynamoDBClient',
  '@aws-sdk/client-eventbridge': 'EventBridgeClient',
  '@aws-sdk/client-sesv2': 'SESv2Client',
  '@aws-sdk/client-sqs': 'SQSClient',
  '@aws-sdk/client-ssm': 'SSMClient',
};

const classOf = (client: string): string => {
  const name = clientClass[client];
  if (name === undefined) throw new Error(`cannot bundle an empty handler: '${client}' must have a known class`);
  return name;
};

const emptyHandler = (parts: SdkParts): string => {
  const clients = [...parts].map(([client, commands]) => ({ client, made: classOf(client), commands }));
  const imports = clients.map(
    ({ client, made, commands }) => `import { ${[made, ...commands].join(', ')} } from '${client}';`,
  );
  const makes = clients.map(({ made }) => `new ${made}({})`);
  const commands = clients.flatMap((one) => one.commands);
  return `${imports.join('\n')}
const clients = [${makes.join(', ')}];
const commands = [${commands.join(', ')}];
export const handler = async () => clients.length + commands.length;`;
};

const bundleEmpty = async (parts: SdkParts, outfile: string): Promise<void> => {
  await build({
    stdin: { contents: emptyHandler(parts), resolveDir: root, loader: 'js' },
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
    legalComments: 'none',
    logLevel: 'error',
  });
};

/** Bundles every function as it is deployed, and its empty twin, into a folder. */
export const bundlePairs = async (folder: string): Promise<readonly BundlePair[]> => {
  await buildFunctions({ outDir: join(folder, 'ours') });
  const names = (await readdir(join(folder, 'ours'))).sort();
  return Promise.all(
    names.map(async (name) => {
      const parts = await sdkPartsOf(name);
      const empty = join(folder, 'empty', name, 'index.mjs');
      await bundleEmpty(parts, empty);
      return { name, ours: join(folder, 'ours', name, 'index.mjs'), empty, clients: [...parts.keys()] };
    }),
  );
};
