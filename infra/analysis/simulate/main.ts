import { endWithReader } from '../../cli/end-with-reader.ts';
import { paintFor } from '../../cli/text/paint.ts';
import { parseOptions, type SimulateOptions, usage } from './options.ts';
import { simulationJson } from './print/simulation-json.ts';
import { simulationProgress } from './print/simulation-progress.ts';
import { simulationProse } from './print/simulation-prose.ts';
import { runSeeds } from './run-seeds.ts';

const run = async ({ from, seeds, json }: SimulateOptions): Promise<number> => {
  const startedAt = performance.now();
  const progress = simulationProgress(seeds, process.stderr.isTTY === true, (text) => void process.stderr.write(text));
  const found = await runSeeds({ from, seeds, watch: progress.show });
  progress.finish();
  const tookMs = performance.now() - startedAt;
  const paint = paintFor(process.stdout.isTTY === true, process.env);
  const text = json ? JSON.stringify(simulationJson(found, tookMs)) : simulationProse(found, tookMs, paint).join('\n');
  process.stdout.write(`${text}\n`);
  return found.failures.length === 0 ? 0 : 1;
};

const main = async (): Promise<number> => {
  const parsed = parseOptions(process.argv.slice(2));
  if (parsed.type === 'run') return run(parsed.options);
  if (parsed.type === 'help') {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  process.stderr.write(`${parsed.message}\n\n${usage}\n`);
  return 2;
};

endWithReader();
process.exitCode = await main();
