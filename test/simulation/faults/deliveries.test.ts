import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../../infra/analysis/simulate/engine/faults.ts';
import { runScenario } from '../../../infra/analysis/simulate/run-scenario.ts';
import type { Item, Scenario } from '../../../infra/analysis/simulate/scenario/scenario.ts';
import { scenarioOf } from '../../../infra/analysis/simulate/scenario/scenario-of.ts';

const seeds = Array.from({ length: 25 }, (_, n) => 5_001 + n);

/** Plays the shops of some seeds, each changed like this; every rule must hold in every one. */
const keepEveryRule = async (change: (scenario: Scenario) => Scenario) => {
  let [faults, mails] = [0, 0];
  for (const seed of seeds) {
    const outcome = await runScenario(change(scenarioOf(seed)));
    expect([seed, outcome.violations]).toEqual([seed, []]);
    faults += outcome.faults.length;
    mails += outcome.mails;
  }
  return { faults, mails };
};

const nothingElse: Scenario['faults'] = { type: 'listed', faults: [] };
const only =
  (rates: Readonly<Partial<Record<FaultKind, number>>>) =>
  (scenario: Scenario): Scenario => ({ ...scenario, faults: { type: 'drawn', seed: scenario.seed, rates } });

describe('fault 1: the same webhook five times', () => {
  it('is applied once', async () => {
    const { mails } = await keepEveryRule((scenario) => ({
      ...scenario,
      faults: nothingElse,
      items: scenario.items.flatMap((item): readonly Item[] =>
        item.type === 'webhook'
          ? [0, 1, 60_000, 3_600_000, 90_000_000].map((ms) => ({ ...item, at: item.at + ms }))
          : [item],
      ),
    }));
    expect(mails).toBeGreaterThan(10);
  });
});

describe('fault 2: updates before what they update', () => {
  it('lead to where the orders lead in their own order', async () => {
    await keepEveryRule((scenario) => {
      const times = scenario.items.map(({ at }) => at).reverse();
      return {
        ...scenario,
        faults: nothingElse,
        items: scenario.items.map((item, n) => ({ ...item, at: times[n] ?? item.at })),
      };
    });
  });
});

describe('fault 6: every batch and message again after it was done, beside what came since', () => {
  it('changes nothing', async () => {
    const { faults, mails } = await keepEveryRule(only({ twice: 1, late: 0.3 }));
    expect(faults).toBeGreaterThan(500);
    expect(mails).toBeGreaterThan(10);
  });
});

describe('fault 14: mail events lost, told twice, or days late', () => {
  it('protect the address once they come, and leave no mail without an end', async () => {
    const { faults } = await keepEveryRule(only({ lost: 0.4, twice: 0.6, late: 0.6 }));
    expect(faults).toBeGreaterThan(500);
  });
});
