import { endWithReader } from '../../cli/end-with-reader.ts';
import { paintFor } from '../../cli/text/paint.ts';
import { answer } from '../answer.ts';
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

endWithReader();
process.exitCode = await answer(parseOptions(process.argv.slice(2)), usage, run);
