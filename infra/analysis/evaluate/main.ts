import { endWithReader } from '../../cli/end-with-reader.ts';
import { paintFor } from '../../cli/text/paint.ts';
import { evaluate } from './evaluate.ts';
import { evaluationJson } from './evaluation-json.ts';
import { type EvaluateOptions, parseOptions, usage } from './options.ts';
import { prepareEvaluation } from './prepare-evaluation.ts';
import { evaluationProse } from './print/evaluation-prose.ts';

const run = async (options: EvaluateOptions): Promise<number> => {
  const prepared = await prepareEvaluation(options);
  if (prepared.type === 'refused') {
    process.stderr.write(`${prepared.message}\n`);
    return 1;
  }
  const { input, history } = prepared;
  const found = evaluate(input);
  const paint = paintFor(process.stdout.isTTY === true, process.env);
  const text = options.json
    ? JSON.stringify(evaluationJson(found))
    : evaluationProse(options.file, history, input, found, paint).join('\n');
  process.stdout.write(`${text}\n`);
  return 0;
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
