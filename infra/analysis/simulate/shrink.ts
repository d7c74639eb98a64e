import type { Fault } from './engine/faults.ts';
import { type Mutant, type Outcome, runScenario } from './run-scenario.ts';
import type { Item, Scenario } from './scenario/scenario.ts';

/** The smallest run found that still breaks the same rule. */
export type Shrunk = Readonly<{ scenario: Scenario; outcome: Outcome; runs: number }>;

const maxRuns = 600;

/**
 * Leaves out what happened and what went wrong, first halves, then less and less, as long as the same rule breaks
 * (Zeller and Hildebrandt, Simplifying and Isolating Failure-Inducing Input, 2002).
 */
export const shrink = async (failing: Scenario, rule: string, mutant?: Mutant): Promise<Shrunk> => {
  let runs = 0;
  const breaks = async (scenario: Scenario): Promise<boolean> => {
    if (runs++ >= maxRuns) return false;
    return (await runScenario(scenario, { mutant })).violations.some(({ id }) => id === rule);
  };
  const listed = await withListedFaults(failing, mutant);
  let scenario = (await breaks(listed)) ? listed : failing;
  if (scenario === listed)
    for (let before = 0; before !== sizeOf(scenario); ) {
      before = sizeOf(scenario);
      scenario = await fewer(scenario, scenario.items, (items) => ({ ...scenario, items }), breaks);
      scenario = await fewer(scenario, faultsOf(scenario), (faults) => withFaults(scenario, faults), breaks);
    }
  return { scenario, runs, outcome: await runScenario(scenario, { mutant, isTraced: true }) };
};

const withFaults = (scenario: Scenario, faults: readonly Fault[]): Scenario => ({
  ...scenario,
  faults: { type: 'listed', faults },
});

const withListedFaults = async (scenario: Scenario, mutant: Mutant | undefined): Promise<Scenario> =>
  withFaults(scenario, (await runScenario(scenario, { mutant })).faults);

const faultsOf = ({ faults }: Scenario): readonly Fault[] => (faults.type === 'listed' ? faults.faults : []);
const sizeOf = (scenario: Scenario): number => scenario.items.length + faultsOf(scenario).length;

/** Tries to do without each part, from halves down to single ones. */
const fewer = async <T extends Item | Fault>(
  scenario: Scenario,
  all: readonly T[],
  withOnly: (parts: readonly T[]) => Scenario,
  breaks: (scenario: Scenario) => Promise<boolean>,
): Promise<Scenario> => {
  let kept = all;
  let smallest = scenario;
  for (let size = Math.ceil(all.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let from = 0; from < kept.length; ) {
      const without = [...kept.slice(0, from), ...kept.slice(from + size)];
      const candidate = withOnly(without);
      if (await breaks(candidate)) [kept, smallest] = [without, candidate];
      else from += size;
    }
  return smallest;
};
