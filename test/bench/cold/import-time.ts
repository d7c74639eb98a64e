import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { env } from '../../../shared/env.ts';

const run = promisify(execFile);

/** A handler asks for what its construct sets; what is in it does not matter to loading. */
const variables = Object.fromEntries(Object.values(env).map((name) => [name, '1']));

const script = (bundle: string): string =>
  `const from = performance.now(); await import(${JSON.stringify(pathToFileURL(bundle).href)}); process.stdout.write(String(performance.now() - from)); process.exit(0);`;

/** Milliseconds a fresh process takes to load a bundle: parsing, and everything that runs before the first event. */
export const importMs = async (bundle: string): Promise<number> => {
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script(bundle)], {
    env: { PATH: process.env['PATH'] ?? '', AWS_REGION: 'us-east-1', ...variables },
  });
  return Number(stdout);
};
