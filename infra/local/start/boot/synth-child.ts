import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildFunctions } from '../../../build.ts';
import { localSettings } from './local-settings.ts';

/**
 * Runs in a process of its own, so that the CDK's memory is given back when the templates are made.
 * Bundling is another process's work: the CDK loads meanwhile.
 */
const main = async (folder: string): Promise<void> => {
  const bundles = join(folder, 'dist');
  const [{ synthesize }] = await Promise.all([import('../../../app.ts'), buildFunctions({ outDir: bundles })]);
  const stacks = synthesize({ bundles, outDir: join(folder, 'cdk.out'), checks: false, settings: localSettings });
  writeFileSync(join(folder, 'stacks.json'), JSON.stringify(stacks));
};

await main(process.argv[2] ?? '');
