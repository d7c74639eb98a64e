import { parseArgs } from 'node:util';
import { endWithReader } from '../../infra/cli/end-with-reader.ts';
import { didYouMean } from '../../shared/domain/did-you-mean.ts';
import { benchmarks } from './benchmarks.ts';
import type { Row } from './measure/benchmark.ts';
import { machineLine } from './measure/machine.ts';
import { jsonOf, proseOf } from './report/report.ts';

const help = `Usage: npm run bench [-- NAME...] [--json] [--full]

Measures us and our peer, or the limit of what can be had, in the same run and in turn.

${benchmarks.map(({ name, about }) => `  ${name.padEnd(10)} ${about}`).join('\n')}

  --json     one object: {machine, node, benchmarks:[{name, ours, peer, unit, ratio, ratioOf, aim, met, spread}]}
  --full     sizes that take minutes, too
`;

const refuse = (why: string): never => {
  process.stderr.write(`${why}\nHelp: npm run bench -- --help\n`);
  process.exit(2);
};

const argumentsOf = () => {
  try {
    const options = {
      json: { type: 'boolean' },
      full: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    } as const;
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    return refuse(error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error));
  }
};

const named = (name: string) => {
  const found = benchmarks.find((benchmark) => benchmark.name === name);
  if (found !== undefined) return found;
  const names = benchmarks.map((benchmark) => benchmark.name);
  const meant = didYouMean(name, names);
  return refuse(
    `there is no benchmark '${name}'${meant === undefined ? ` among ${names.join(', ')}` : `; did you mean '${meant}'?`}`,
  );
};

endWithReader();
const { values, positionals } = argumentsOf();
if (values.help === true) {
  process.stdout.write(help);
  process.exit(0);
}
const chosen = positionals.length === 0 ? benchmarks : positionals.map(named);
const isJson = values.json === true;
const print = (line: string): void => void (isJson ? process.stderr : process.stdout).write(`${line}\n`);

print(`${machineLine()}, Node ${process.versions.node}`);
const rows: Row[] = [];
for (const { name, about, run } of chosen) {
  print(`\n${name}: ${about}`);
  const measured = await run({ full: values.full === true, note: (line) => print(`  ${line}`) });
  for (const row of measured) print(proseOf(row));
  rows.push(...measured);
}
if (isJson)
  process.stdout.write(
    `${JSON.stringify({ machine: machineLine(), node: process.versions.node, benchmarks: rows.map(jsonOf) })}\n`,
  );
