import { endWithReader } from '../../cli/end-with-reader.ts';
import { paintFor } from '../../cli/text/paint.ts';
import { answer } from '../answer.ts';
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

endWithReader();
process.exitCode = await answer(parseOptions(process.argv.slice(2)), usage, run);
