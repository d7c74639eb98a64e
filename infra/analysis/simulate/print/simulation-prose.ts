import { toIso } from '../../../../shared/domain/time.ts';
import type { Paint } from '../../../cli/text/paint.ts';
import { count } from '../../../local/start/print/words.ts';
import { invariants } from '../invariants/invariants.ts';
import type { Failure, Simulated } from '../run-seeds.ts';

/** What the runs found, for people. */
export const simulationProse = ({ totals, failures }: Simulated, tookMs: number, paint: Paint): readonly string[] => {
  const { seeds, items, faults, mails } = totals;
  const sum = `${count(seeds)} shops, ${count(items)} events, ${count(faults)} faults, ${count(mails)} mails in ${(tookMs / 1_000).toFixed(1)} s`;
  if (failures.length === 0) return [`${paint.green('✓')} ${sum}`, `  ${invariants.length} rules held in every one`];
  return [`${paint.red('✗')} ${sum}`, ...failures.flatMap((failure) => failureProse(failure, paint))];
};

const failureProse = ({ seed, violation, shrunk }: Failure, paint: Paint): readonly string[] => {
  const { items, faults } = shrunk.scenario;
  const rule = invariants.find(({ id }) => id === violation.id);
  const wrong = faults.type === 'listed' ? faults.faults : [];
  return [
    '',
    `${paint.bold(`seed ${seed}`)} breaks ${violation.id}: ${rule?.says}`,
    ...shrunk.outcome.violations.filter(({ id }) => id === violation.id).map(({ detail }) => `  ${detail}`),
    '',
    `  the least that does so (${count(shrunk.runs)} runs to find it)`,
    ...items.map(({ at, name }) => `    ${toIso(at)}  ${name}`),
    ...wrong.map(({ place, kind }) => `    fault: ${kind} at ${place}`),
    '',
    ...shrunk.outcome.trace.map((line) => `  ${paint.dim(line)}`),
    '',
    `  again: ${paint.bold(`npm run simulate -- --seed ${seed}`)}`,
  ];
};
