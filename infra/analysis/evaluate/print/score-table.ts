import type { Paint } from '../../../cli/text/paint.ts';
import type { Evaluation } from '../evaluate.ts';
import type { Score, ScoreName } from '../scores.ts';

const labels: Readonly<Record<ScoreName, string>> = {
  recency: 'days of silence',
  cadence: 'silence in own cycles',
  pAlive: 'P(alive), BG/NBD',
  expectedOrders: 'expected orders, BG/NBD',
  returnChance: 'return chance',
};

const cell = (value: number | undefined, digits: number): string =>
  (value === undefined ? '–' : value.toFixed(digits)).padStart(9);

const row = ({ name, auc, calibration }: Score): string =>
  `  ${labels[name].padEnd(26)}${cell(auc, 4)}${cell(calibration?.brier, 4)}${cell(calibration?.ece, 3)}`;

const barWidth = 30;
const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)}%`.padStart(6);

/** What was told as a mark in the bar of what happened. */
const bar = (told: number, cameBack: number): string => {
  const [mark, full] = [Math.round(told * barWidth), Math.round(cameBack * barWidth)];
  return Array.from({ length: barWidth + 1 }, (_, n) => (n === mark ? '│' : n < full ? '█' : '·')).join('');
};

const picture = ({ scores }: Evaluation, paint: Paint): readonly string[] => {
  const tenths = scores.find(({ name }) => name === 'returnChance')?.calibration?.tenths;
  if (tenths === undefined) return [];
  return [
    '',
    paint.bold(`  ${'RETURN CHANCE, TENTH BY TENTH'.padEnd(34)} people   told   came`),
    ...tenths.map(
      ({ customers, told, cameBack }) =>
        `  ${bar(told, cameBack)}    ${String(customers).padStart(6)} ${percent(told)} ${percent(cameBack)}`,
    ),
    paint.dim('  █ came back   │ what was told'),
  ];
};

/** How well each score told who comes back, and whether the return chance holds as a probability. */
export const scoreTable = (found: Evaluation, paint: Paint): readonly string[] => [
  '',
  paint.bold(`  ${'WHO COMES BACK?'.padEnd(26)}${'AUC'.padStart(9)}${'Brier'.padStart(9)}${'off by'.padStart(9)}`),
  ...found.scores.map(row),
  paint.dim(
    '  AUC: 0.5 is a coin, 1 is perfect. Brier and off by (mean over tenths): 0 is perfect; probabilities only',
  ),
  ...picture(found, paint),
];
