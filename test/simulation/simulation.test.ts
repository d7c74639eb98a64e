import { describe, expect, it } from 'vitest';
import { simulationProse } from '../../infra/analysis/simulate/print/simulation-prose.ts';
import { runScenario } from '../../infra/analysis/simulate/run-scenario.ts';
import { runSeeds } from '../../infra/analysis/simulate/run-seeds.ts';
import { scenarioOf } from '../../infra/analysis/simulate/scenario/scenario-of.ts';
import { paintFor } from '../../infra/cli/text/paint.ts';

const plain = paintFor(false, {});

describe('random shops on a platform that fails', () => {
  // Four of fifty, so that whoever waits sees which quarter failed.
  for (const from of [1, 51, 101, 151])
    it(`keep every rule, seeds ${from} to ${from + 49}`, async () => {
      const found = await runSeeds({ from, seeds: 50, maxFailures: 1 });
      expect(found.failures.length === 0 ? '' : simulationProse(found, 0, plain).join('\n')).toBe('');
      expect(found.totals.mails).toBeGreaterThan(20);
      expect(found.totals.faults).toBeGreaterThan(500);
    });

  it('are the same for the same seed, fault by fault', async () => {
    const [one, other] = [
      await runScenario(scenarioOf(7), { isTraced: true }),
      await runScenario(scenarioOf(7), { isTraced: true }),
    ];
    expect(one.trace.length).toBeGreaterThan(50);
    expect(other).toEqual(one);
  });
});
