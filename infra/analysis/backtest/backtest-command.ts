import { paintFor } from '../../cli/text/paint.ts';
import { answer } from '../answer.ts';
import { backtestJson } from './backtest-json.ts';
import { type BacktestOptions, parseOptions, usage } from './options.ts';
import { prepareBacktest } from './prepare-backtest.ts';
import { backtestProse } from './print/backtest-prose.ts';
import { progressFor } from './print/progress.ts';
import { runBacktest } from './run-backtest.ts';

const run = async (options: BacktestOptions): Promise<number> => {
  const progress = progressFor(process.stderr.isTTY === true, (text) => void process.stderr.write(text));
  const prepared = await prepareBacktest(options, progress.reading);
  if (prepared.type === 'refused') {
    progress.finish();
    process.stderr.write(`${prepared.message}\n`);
    return 1;
  }
  const { input } = prepared;
  const found = runBacktest(input, progress.replaying);
  progress.finish();
  const paint = paintFor(process.stdout.isTTY === true, process.env);
  const text = options.json
    ? JSON.stringify(backtestJson(input, found))
    : backtestProse(options.file, input, found, paint).join('\n');
  process.stdout.write(`${text}\n`);
  return 0;
};

/** What the command line asks for: a replay, or how to ask. The answer is the exit code. */
export const backtestCommand = (argv: readonly string[]): Promise<number> => answer(parseOptions(argv), usage, run);
