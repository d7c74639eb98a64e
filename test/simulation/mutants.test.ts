import { describe, expect, it } from 'vitest';
import { runScenario } from '../../infra/analysis/simulate/run-scenario.ts';
import { runSeeds } from '../../infra/analysis/simulate/run-seeds.ts';
import { scenarioOf } from '../../infra/analysis/simulate/scenario/scenario-of.ts';
import { ofLimits } from './forgetful/of-limits.ts';
import { ofPromises } from './forgetful/of-promises.ts';
import { ofWalks } from './forgetful/of-walks.ts';

const mutants = [...ofPromises, ...ofLimits, ...ofWalks];

/** By then each of them has been caught. */
const mostSeeds = 200;

describe('a program that forgets', () => {
  for (const { forgets, breaks, mutant, where } of mutants)
    it(`${forgets} breaks ${breaks}, and is caught`, async () => {
      let broken: readonly string[] = [];
      for (let seed = 1, played = 0; !broken.includes(breaks) && played < mostSeeds; seed++) {
        const scenario = scenarioOf(seed);
        if (where !== undefined && scenario.items.every(({ type }) => type !== where)) continue;
        played++;
        broken = (await runScenario(scenario, { mutant })).violations.map(({ id }) => id);
      }
      expect(broken).toContain(breaks);
    });

  it('is told with the least that breaks the rule, and how to see it again', async () => {
    const [forgetful] = mutants;
    const { failures } = await runSeeds({ from: 1, seeds: 400, maxFailures: 1, mutant: forgetful?.mutant ?? {} });
    const [failure] = failures;
    const rule = failure?.violation.id;
    expect(['I2', 'topics']).toContain(rule);
    const all = scenarioOf(failure?.seed ?? 0).items.length;
    expect(failure?.shrunk.scenario.items.length).toBeLessThan(Math.max(5, all / 2));
    expect(failure?.shrunk.outcome.violations.map(({ id }) => id)).toContain(rule);
  });
});
