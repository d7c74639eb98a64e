import { rmSync } from 'node:fs';
import { paintFor } from '../cli/text/paint.ts';
import { PortTaken } from './start/boot/port.ts';
import { makeRunFolder } from './start/boot/run-folder.ts';
import { type System, startSystem } from './start/boot/start-system.ts';
import { countResources, type SynthesizedStacks, synthesizeStack } from './start/boot/synthesize-stack.ts';
import { invitationFor } from './start/invitation.ts';
import { parseOptions, type StartOptions, usage } from './start/options.ts';
import { type Play, preparePlay } from './start/prepare-play.ts';
import { fewOfEach } from './start/print/few-of-each.ts';
import { isTrouble } from './start/print/is-trouble.ts';
import { jsonReporter } from './start/print/json-reporter.ts';
import { proseReporter } from './start/print/prose-reporter.ts';
import type { Reporter } from './start/print/reporter.ts';
import { stopSignal } from './start/stop-signal.ts';
import { tellStory } from './start/tell-story.ts';

const print = (text: string): void => void process.stdout.write(text);

const reporterFor = ({ json }: StartOptions): Reporter =>
  json
    ? jsonReporter(print)
    : proseReporter(print, paintFor(process.stdout.isTTY === true, process.env), process.stdout.isTTY === true);

const sizeOf = (stacks: SynthesizedStacks) => ({
  functions: countResources(stacks, 'AWS::Lambda::Function'),
  tables: countResources(stacks, 'AWS::DynamoDB::GlobalTable'),
  queues: countResources(stacks, 'AWS::SQS::Queue'),
});

const start = async (options: StartOptions, play: Play, folder: string, reporter: Reporter): Promise<System> => {
  const stacks = await synthesizeStack(folder);
  const { script, currency, timeZone } = play;
  const trouble = fewOfEach(reporter.trouble, 3);
  const system = await startSystem({
    stacks,
    port: options.port,
    dataDir: options.dataDir,
    restoreFrom: options.restoreFrom,
    startAt: script?.from,
    ...(script === undefined ? {} : { keySeed: options.seed }),
    ...(currency === undefined ? {} : { currency }),
    ...(timeZone === undefined ? {} : { timeZone }),
    log: (line) => {
      if (isTrouble(line)) trouble(line);
    },
  });
  reporter.stackReady(sizeOf(stacks), performance.now());
  reporter.ready(system);
  return system;
};

const tell = async (system: System, options: StartOptions, play: Play, reporter: Reporter): Promise<void> => {
  const { script, endsNow, example } = play;
  if (system.resumed)
    reporter.note('the data folder holds an earlier run: going on from there, nothing is played again');
  else if (script !== undefined) {
    const endAt = (): number => (endsNow ? Date.now() : script.to);
    await tellStory(system, { script, endAt }, reporter);
  }
  reporter.invitation(
    invitationFor(options, system.stack.inbox, system.resumed || script === undefined ? undefined : example),
  );
};

const run = async (options: StartOptions): Promise<number> => {
  const reporter = reporterFor(options);
  const stopped = stopSignal();
  const prepared = await preparePlay(options, Date.now());
  if (prepared.type === 'refused') {
    process.stderr.write(`${prepared.message}\n`);
    return 1;
  }
  const { play } = prepared;
  reporter.opening(play.title);
  play.notes.forEach(reporter.note);
  const folder = makeRunFolder();
  let system: System | undefined;
  try {
    system = await start(options, play, folder, reporter);
    await Promise.race([tell(system, options, play, reporter), stopped]);
    await stopped;
    return 0;
  } catch (error) {
    if (!(error instanceof PortTaken)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  } finally {
    await system?.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

const main = async (): Promise<number> => {
  const parsed = parseOptions(process.argv.slice(2));
  if (parsed.type === 'run') return run(parsed.options);
  if (parsed.type === 'help') {
    print(`${usage}\n`);
    return 0;
  }
  process.stderr.write(`${parsed.message}\n\n${usage}\n`);
  return 2;
};

process.exit(await main());
