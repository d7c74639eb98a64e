import { didYouMean } from '../../shared/domain/did-you-mean.ts';
import type { Command, Report } from './command.ts';
import { commands } from './commands/all.ts';
import { helpOf, overview } from './help.ts';
import { Refusal, UsageError } from './refusal.ts';
import { refusalForAws } from './system/aws-refusal.ts';
import { type ConnectAws, openSystem } from './system/system.ts';
import { type Paint, paintFor } from './text/paint.ts';
import type { World } from './world.ts';

const exitCodes = { done: 0, refused: 1, usage: 2 } as const;

const isHelp = (word: string, place: number): boolean =>
  word === '--help' || word === '-h' || (word === 'help' && place === 0);

type Named = Readonly<{ command: Command; rest: readonly string[] }>;

/** The command the first words name, the longest name first. */
const commandIn = (argv: readonly string[]): Named | undefined => {
  for (const length of [2, 1]) {
    const name = argv.slice(0, length).join(' ');
    const command = commands.find((candidate) => candidate.name === name);
    if (command !== undefined) return { command, rest: argv.slice(length) };
  }
  return undefined;
};

const unknownCommand = (argv: readonly string[]): UsageError => {
  const words = argv.filter((word) => !word.startsWith('-'));
  if (words.length === 0) return new UsageError(['a command is needed, before any option']);
  const names = commands.map(({ name }) => name);
  const family = names.filter((name) => name.startsWith(`${words[0]} `));
  if (family.length > 0 && words.length === 1)
    return new UsageError([`'${words[0]}' is followed by one of ${family.map((n) => n.split(' ')[1]).join(', ')}`]);
  const meant = didYouMean(words.slice(0, 2).join(' '), names) ?? didYouMean(words[0] ?? '', names);
  return new UsageError([
    `there is no command '${words.slice(0, 2).join(' ')}'${meant === undefined ? '' : `; did you mean '${meant}'?`}`,
  ]);
};

const show = (world: World, report: Report, asJson: boolean, paint: Paint): void =>
  world.print(asJson ? `${JSON.stringify(report.json)}\n` : `${report.text(paint).join('\n')}\n`);

const complainOf = (world: World, error: unknown, paint: Paint): number => {
  if (error instanceof UsageError) {
    world.complain(
      `${error.faults.map((fault) => `${paint.red('✗')} ${fault}`).join('\n')}\n  Help: npm run perennial -- --help, or COMMAND --help\n`,
    );
    return exitCodes.usage;
  }
  if (error instanceof Refusal) {
    world.complain(`${[`${paint.red('✗')} ${error.message}`, ...error.hints.map((hint) => `  ${hint}`)].join('\n')}\n`);
    return exitCodes.refused;
  }
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  world.complain(`${paint.red('✗')} something unexpected happened: ${detail}\n`);
  return exitCodes.refused;
};

const helped = (argv: readonly string[], world: World, paint: Paint): number | undefined => {
  if (argv.length === 0) {
    world.complain(overview(commands, paint));
    return exitCodes.usage;
  }
  if (!argv.some(isHelp)) return undefined;
  const named = commandIn(argv.filter((word, place) => !isHelp(word, place)));
  world.print(named === undefined ? overview(commands, paint) : helpOf(named.command, paint));
  return exitCodes.done;
};

/** Runs one command line and answers its exit code; everything it says goes through `world`. */
export const runCli = async (argv: readonly string[], world: World, connect: ConnectAws): Promise<number> => {
  const paint = paintFor(world.isTty, world.env);
  try {
    const answered = helped(argv, world, paint);
    if (answered !== undefined) return answered;
    const named = commandIn(argv);
    if (named === undefined) throw unknownCommand(argv);
    const run = named.command.prepare(named.rest);
    const target = named.command.readTarget(named.rest);
    const system = await openSystem(world, target, connect);
    const report = await run({ world, system });
    show(world, report, target.json, paint);
    return report.failed ? exitCodes.refused : exitCodes.done;
  } catch (error) {
    return complainOf(world, refusalForAws(error), paint);
  }
};
