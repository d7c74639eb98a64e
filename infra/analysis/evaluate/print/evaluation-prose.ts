import { days } from '../../../../shared/domain/time.ts';
import type { Paint } from '../../../cli/text/paint.ts';
import { safeText } from '../../../cli/text/safe-text.ts';
import type { OrderFileHistory } from '../../../local/orders/history.ts';
import { count, counted, dayOf } from '../../../local/start/print/words.ts';
import type { Evaluation, EvaluationInput } from '../evaluate.ts';
import { missingDays } from '../prepare-evaluation.ts';
import { scoreTable } from './score-table.ts';
import { stageTable, thresholdTable } from './stage-table.ts';

const inWords: Readonly<Record<string, string>> = {
  'short-history': 'the horizon is longer than half the history: the return chance is a ranking, no probability',
  'few-returns': 'hardly anybody came back, or stayed away, within the latest horizon: the return chance is a ranking',
  'no-repeats': 'nobody ordered twice: the purchase models lean on their prior',
  'few-repeats': 'fewer than 20 people ordered twice: the purchase models lean on their prior',
  'dropout-not-identified': 'the orders do not tell who has left: BG/NBD leans on its prior for that',
  'dropout-spread-not-identified':
    'people leave, all as easily, as far as the orders tell: BG/NBD leans on its prior for how they differ',
  'rates-not-identified': 'customers are too alike to tell how their rates differ: BG/NBD leans on its prior',
  'spread-not-identified':
    'what people spend is too alike, or too wild, to tell how they differ: Gamma-Gamma leans on its prior',
  'frequency-value-correlated': 'who orders often spends differently: Gamma-Gamma takes the two as independent',
};

const notes = (history: OrderFileHistory, input: EvaluationInput, found: Evaluation): readonly string[] => {
  const missing = missingDays(history, input);
  return [
    `${history.layout}: ${count(history.rows)} rows, ${counted(history.orders.length, 'order')}, ${counted(history.refunds.length, 'refund')}`,
    ...history.assumptions.map((assumption) => `assumed: ${assumption}`),
    ...(found.leftOut === 0
      ? []
      : [`${counted(found.leftOut, 'person', 'people')} without an order that counts: left out`]),
    ...(missing === 0
      ? []
      : [`the file ends ${counted(missing, 'day')} before the horizon does: who came back then is missing`]),
    ...found.flags.map((flag) => inWords[flag] ?? flag),
  ];
};

/** The evaluation for people. */
export const evaluationProse = (
  file: string,
  history: OrderFileHistory,
  input: EvaluationInput,
  found: Evaluation,
  paint: Paint,
): readonly string[] => {
  const { calibrationEnd, horizonDays, store } = input;
  const until = dayOf(calibrationEnd + days(horizonDays), store.timeZone);
  return [
    '',
    `  ${paint.bold('Perennial evaluate')} · ${safeText(file)} · known up to ${dayOf(calibrationEnd, store.timeZone)}, judged by the ${counted(horizonDays, 'day')} to ${until}`,
    `  ${count(found.customers)} customers, of whom ${count(found.returned)} ordered again`,
    '',
    ...notes(history, input, found).map((note) => paint.dim(`    ${note}`)),
    ...scoreTable(found, paint),
    ...stageTable(found, paint),
    ...thresholdTable(found, paint),
    '',
  ];
};
