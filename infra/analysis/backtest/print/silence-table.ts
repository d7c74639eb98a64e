import { bands, daysOfShares } from '../../../../shared/domain/fit/days-of-share.ts';
import type { Fit } from '../../../../shared/domain/fit/fit.ts';
import type { Paint } from '../../../cli/text/paint.ts';
import { count } from '../../../local/start/print/words.ts';
import type { Backtest } from '../run-backtest.ts';

const width = 15;

/** The thresholds at the end in days, beside those the store started with. */
export const silenceTable = ({ rules: { fits } }: Pick<Backtest, 'rules'>, paint: Paint): readonly string[] => {
  const now = (fits.at(-1) ?? fits[0]).fit;
  const shares = daysOfShares(now);
  const cell = (fit: Fit, share: number, band: number): string => count(daysOfShares(fit)[share]?.days[band] ?? 0);
  const head = `  ${'DAYS OF SILENCE'.padEnd(18)}${shares.map(({ share }) => `${Math.round(share * 100)} % are back`.padStart(width)).join('')}`;
  const rows = bands.map((band, n) => {
    const cells = shares.map((_, s) => `${cell(fits[0].fit, s, n)} → ${cell(now, s, n)}`.padStart(width));
    return `  ${band.padEnd(18)}${cells.join('')}`;
  });
  const told =
    fits.length === 1
      ? 'a month of orders comes first: what was assumed holds'
      : `of those who come back; assumed at first → learnt by fit ${now.version}`;
  return ['', paint.bold(head), ...rows, paint.dim(`  ${told}`)];
};
