import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

/** Which SDK clients a bundle carries that imports `names` from the wiring. */
const clientsIn = async (
  ...names: readonly string[]
): Promise<Readonly<{ clients: readonly string[]; bytes: number }>> => {
  const { metafile } = await build({
    stdin: {
      contents: `import { ${names.join(', ')} } from './functions/wiring.ts'; console.log(${names.join(', ')});`,
      resolveDir: new URL('../../../', import.meta.url).pathname,
      sourcefile: 'entry.ts',
    },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const [output] = Object.values(metafile.outputs);
  const kept = Object.entries(output?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const clients = kept.flatMap(([path]) => /@aws-sdk\/(client-[a-z0-9]+)\//.exec(path)?.[1] ?? []);
  return { clients: [...new Set(clients)].sort(), bytes: output?.bytes ?? 0 };
};

describe('a function bundle', () => {
  it.each([
    [['wireClock', 'wireLog'], []],
    [
      ['wireIntakeStore', 'wireStoreCatalogue', 'wireSecrets'],
      ['client-dynamodb', 'client-ssm'],
    ],
    [
      ['wireContactRestriction', 'wireSecrets'],
      ['client-dynamodb', 'client-ssm'],
    ],
    [
      ['wireCustomerStore', 'wireBus'],
      ['client-dynamodb', 'client-eventbridge'],
    ],
    [
      ['wireSendLedger', 'wireMailer'],
      ['client-dynamodb', 'client-sesv2'],
    ],
    [
      ['wireDueIndex', 'wireSendQueue'],
      ['client-dynamodb', 'client-sqs'],
    ],
  ])('of %j carries the clients %j and no other', async (names, expected) => {
    const { clients, bytes } = await clientsIn(...names);
    console.info(`${names.join(' + ')}: ${Math.round(bytes / 1024)} kB`);
    expect(clients).toEqual(expected);
  });
});
