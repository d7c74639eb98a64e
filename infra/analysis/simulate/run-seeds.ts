import type { Violation } from './invariants/invariants.ts';
import { type Mutant, runScenario } from './run-scenario.ts';
import { scenarioOf } from './scenario/scenario-of.ts';
import { type Shrunk, shrink } from './shrink.ts';

/** A seed that broke a rule, with the smallest run that does so too. */
export type Failure = Readonly<{ seed: number; violation: Violation; shrunk: Shrunk }>;
export type Totals = { seeds: number; items: number; faults: number; steps: number; mails: number };
export type Simulated = Readonly<{ totals: Readonly<Totals>; failures: readonly Failure[] }>;

type Options = Readonly<{
  from: number;
  seeds: number;
  /** After so many failing seeds no more are looked for. */
  maxFailures?: number;
  mutant?: Mutant;
  watch?: (done: number, failures: number) => void;
}>;

/** Plays one seed after the other; a failing one is made small before it is told. */
export const runSeeds = async ({ from, seeds, maxFailures = 3, mutant, watch }: Options): Promise<Simulated> => {
  const totals: Totals = { seeds: 0, items: 0, faults: 0, steps: 0, mails: 0 };
  const failures: Failure[] = [];
  for (let seed = from; seed < from + seeds && failures.length < maxFailures; seed++) {
    const scenario = scenarioOf(seed);
    const { violations, faults, steps, mails } = await runScenario(scenario, { mutant });
    totals.seeds++;
    totals.items += scenario.items.length;
    totals.faults += faults.length;
    totals.steps += steps;
    totals.mails += mails;
    const [violation] = violations;
    if (violation !== undefined)
      failures.push({ seed, violation, shrunk: await shrink(scenario, violation.id, mutant) });
    watch?.(totals.seeds, failures.length);
  }
  return { totals, failures };
};
