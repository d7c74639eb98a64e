import type { Simulated } from '../run-seeds.ts';

/** What the runs found, for machines. */
export const simulationJson = ({ totals, failures }: Simulated, tookMs: number) => ({
  ...totals,
  tookMs: Math.round(tookMs),
  failures: failures.map(({ seed, violation, shrunk }) => ({
    seed,
    rule: violation.id,
    details: shrunk.outcome.violations.filter(({ id }) => id === violation.id).map(({ detail }) => detail),
    items: shrunk.scenario.items.map(({ at, name }) => ({ at, name })),
    faults: shrunk.scenario.faults.type === 'listed' ? shrunk.scenario.faults.faults : [],
    replay: `npm run simulate -- --seed ${seed}`,
  })),
});
