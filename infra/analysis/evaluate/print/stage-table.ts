import type { Paint } from '../../../cli/text/paint.ts';
import { count, stageLabel } from '../../../local/start/print/words.ts';
import type { Evaluation } from '../evaluate.ts';

const rate = (returned: number, customers: number): string =>
  customers === 0 ? '–' : `${Math.round((returned / customers) * 100)}%`;

/** Each lifecycle's stages: who stood there, and who of them came back. */
export const stageTable = ({ stages, returned }: Evaluation, paint: Paint): readonly string[] =>
  [...Map.groupBy(stages, ({ lifecycle }) => lifecycle)].flatMap(([lifecycle, rows]) => [
    '',
    paint.bold(`  ${`STAGES: ${lifecycle}`.padEnd(26)}   people  came back   rate  of all who came`),
    ...rows.map(
      (row) =>
        `  ${stageLabel(row.id).padEnd(26)}${count(row.customers).padStart(9)}${count(row.returned).padStart(11)}${rate(row.returned, row.customers).padStart(7)}${rate(row.returned, returned).padStart(17)}`,
    ),
  ]);

const width = 18;

/** The thresholds in days as the store would have learnt them: one order / two or three / four or more. */
export const thresholdTable = ({ thresholds }: Evaluation, paint: Paint): readonly string[] => {
  const shares = thresholds.at(-1)?.shares ?? [];
  const head = shares.map(({ share }) => `${Math.round(share * 100)}% are back`.padStart(width)).join('');
  return [
    '',
    paint.bold(`  ${'DAYS OF SILENCE'.padEnd(22)}${head}`),
    ...thresholds.map(
      (each) =>
        `  ${`after ${count(each.historyDays)} days`.padEnd(22)}${each.shares.map(({ days }) => days.join(' / ').padStart(width)).join('')}`,
    ),
    paint.dim('  of those who come back within the horizon of silence: one order / two or three / four or more'),
  ];
};
