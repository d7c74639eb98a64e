import { bar } from '../../../local/start/print/progress.ts';
import { count } from '../../../local/start/print/words.ts';
import type { Watch } from '../run-backtest.ts';

const everyMs = 100;

/** One line drawn over itself on a terminal, nothing elsewhere. */
export const progressFor = (isTerminal: boolean, write: (text: string) => void) => {
  const startedAt = performance.now();
  let drawnAt = Number.NEGATIVE_INFINITY;
  const show = (line: (tookMs: number) => string): void => {
    const now = performance.now();
    if (!isTerminal || now - drawnAt < everyMs) return;
    drawnAt = now;
    write(`\r\u001B[2K  ${line(now - startedAt)}`);
  };
  const replaying: Watch = (phase, done, of) =>
    show(() => {
      const what = phase === 'fits' ? 'nights: how often customers come back' : 'customers';
      return `${bar(of === 0 ? 1 : done / of, 36)} ${count(done)} of ${count(of)} ${what}`;
    });
  return {
    reading: (rows: number): void =>
      show((tookMs) => `${count(rows)} rows · ${count(Math.round((rows / Math.max(tookMs, 1)) * 1_000))} rows/s`),
    replaying,
    finish: (): void => {
      if (drawnAt > 0) write('\r\u001B[2K');
    },
  };
};
