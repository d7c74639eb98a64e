import type { LogEntry } from '../../../shared/domain/restore/log-entry.ts';
import { days, hours, minutes } from '../../../shared/domain/time.ts';
import { reconcileAgain } from './again.ts';
import { type Fault, makeFaults } from './engine/faults.ts';
import type { Machine } from './engine/invocation.ts';
import { type Commit, type RecordedTable, recordedTable } from './engine/recorded-table.ts';
import { makeTimeline } from './engine/timeline.ts';
import { makeTrace } from './engine/trace.ts';
import { invariants, type Violation } from './invariants/invariants.ts';
import type { Scenario } from './scenario/scenario.ts';
import { type UseCases, useCases } from './system/functions.ts';
import { happening } from './system/outside/happening.ts';
import { makePorts, type Ports } from './system/ports.ts';
import { makeSystem, type System, workDueAt } from './system/system.ts';

/** What a test may put in the place of a part of the program, to see it caught. */
export type Mutant = Readonly<{ ports?: (ports: Ports) => Ports; useCases?: Partial<UseCases> }>;

/** A run that has come to its end, for the invariants to look at. */
export type Finished = Readonly<{
  scenario: Scenario;
  table: RecordedTable;
  system: System;
  /** Everything came to rest once nothing went wrong any more. */
  isAtRest: boolean;
  /** Rows that a second reconciliation changed. */
  changedAgain: readonly string[];
  /** The erasure log. */
  logged: readonly LogEntry[];
  faults: readonly Fault[];
  now: number;
}>;

export type Outcome = Readonly<{
  violations: readonly Violation[];
  faults: readonly Fault[];
  trace: readonly string[];
  /** Steps taken, and mails accepted. */
  steps: number;
  mails: number;
}>;

const maxSteps = 150_000;
/** How often somebody puts back what was given up. */
const operatorLooksMs = hours(20);

/** Plays one scenario through the program, lets it come to rest, and checks what must always hold. */
export const runScenario = async (
  scenario: Scenario,
  options: Readonly<{ mutant?: Mutant | undefined; isTraced?: boolean }> = {},
): Promise<Outcome> => {
  const { machine, system, ports } = await begin(scenario, options);
  const { timeline, faults, trace } = machine;
  let isAtRest = await timeline.runTo(scenario.endAt, maxSteps);
  faults.stop();
  isAtRest &&= await comeToRest(machine, system);
  const isReconciled = isAtRest && scenario.items.some(({ type }) => type === 'outage');
  const changedAgain = isReconciled ? await reconcileAgain(machine, system, scenario) : [];
  const finished: Finished = {
    logged: (await ports.erasureLog.page(scenario.store.id, { limit: 10_000 })).entries,
    ...{ scenario, table: machine.table, system, isAtRest, changedAgain },
    ...{ faults: faults.fired, now: timeline.now() },
  };
  return {
    violations: invariants.flatMap(({ id, check }) => check(finished).map((detail) => ({ id, detail }))),
    faults: faults.fired,
    trace: trace.lines,
    steps: timeline.steps(),
    mails: system.mails.length,
  };
};

const begin = async (
  scenario: Scenario,
  { mutant, isTraced = false }: Readonly<{ mutant?: Mutant | undefined; isTraced?: boolean }>,
): Promise<Readonly<{ machine: Machine; system: System; ports: Ports }>> => {
  const timeline = makeTimeline(scenario.startAt);
  const heard: ((commit: Commit) => void)[] = [];
  const table = recordedTable(timeline.now, (commit) => {
    for (const hear of heard) hear(commit);
  });
  const machine: Machine = {
    ...{ seed: scenario.seed, timeline, table },
    faults: makeFaults(scenario.faults),
    trace: makeTrace(isTraced),
    meanwhile: { act: () => undefined },
  };
  const ports = makePorts(table);
  const does = { ...useCases, ...mutant?.useCases };
  const system = makeSystem(machine, mutant?.ports?.(ports) ?? ports, does, scenario);
  heard.push(system.committed);
  await ports.catalogue.put(scenario.store);
  for (let at = scenario.startAt; at < scenario.endAt; at += operatorLooksMs) timeline.at(at, system.redrive);
  const happen = happening(machine, system);
  for (const item of scenario.items) timeline.at(item.at, () => happen(item));
  return { machine, system, ports };
};

/** The operator switches all mail on and puts back what was given up; then time passes until nothing but far wakes is waiting. */
const comeToRest = async ({ timeline, table }: Machine, system: System): Promise<boolean> => {
  system.turn(false);
  await system.operator.pause(false);
  system.operator.night();
  for (let round = 0; round < 3; round++) {
    system.redrive();
    if (!(await timeline.runTo(timeline.now() + hours(8), timeline.steps() + maxSteps))) return false;
  }
  for (let day = 0; day < 60; day++) {
    if (isQuiet(table, system, timeline.now())) return true;
    if (!(await timeline.runTo(timeline.now() + days(1), timeline.steps() + maxSteps))) return false;
  }
  return false;
};

const isQuiet = (table: RecordedTable, system: System, now: number): boolean =>
  !system.operator.isOwing() &&
  system.open() === 0 &&
  system.parked() === system.poison.parked() &&
  !Number.isFinite(workDueAt(table)) &&
  [...table.due()].every(({ due }) => due === undefined || (due.kind === 'customer' && due.at > now + minutes(2)));
