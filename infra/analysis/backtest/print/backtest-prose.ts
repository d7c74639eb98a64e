import type { Paint } from '../../../cli/text/paint.ts';
import { safeText } from '../../../cli/text/safe-text.ts';
import { standingTable } from '../../../local/start/print/tables.ts';
import { dayOf } from '../../../local/start/print/words.ts';
import type { Backtest, BacktestInput } from '../run-backtest.ts';
import { readNotes } from './read-notes.ts';
import { silenceTable } from './silence-table.ts';
import { stagesOverTime } from './stages-over-time.ts';
import { transitionsTable } from './transitions-table.ts';
import { wouldGoTable } from './would-go-table.ts';

/** The backtest for people. */
export const backtestProse = (file: string, input: BacktestInput, found: Backtest, paint: Paint): readonly string[] => {
  const { from, asOf, store } = input;
  const zone = store.timeZone;
  const shown = found.stages.filter(({ people }) => people > 0);
  return [
    '',
    `  ${paint.bold('Perennial backtest')} · ${safeText(file)} · ${dayOf(from, zone)} to ${dayOf(asOf, zone)} · nothing is sent`,
    '',
    ...readNotes(input, found).map((note) => paint.dim(`    ${note}`)),
    ...standingTable(shown, store.currency, paint),
    ...stagesOverTime(found, paint),
    ...transitionsTable(found, paint),
    ...wouldGoTable(found, zone, paint),
    ...silenceTable(found, paint),
    '',
  ];
};
