import { bar } from '../../../local/start/print/progress.ts';
import { count } from '../../../local/start/print/words.ts';

const everyMs = 100;

/** One line drawn over itself on a terminal, nothing elsewhere. */
export const simulationProgress = (seeds: number, isTerminal: boolean, write: (text: string) => void) => {
  const startedAt = performance.now();
  let drawnAt = Number.NEGATIVE_INFINITY;
  return {
    show(done: number, failures: number): void {
      const now = performance.now();
      if (!isTerminal || now - drawnAt < everyMs) return;
      drawnAt = now;
      const left = ((now - startedAt) / done) * (seeds - done);
      const found = failures === 0 ? '' : ` · ${failures} failed`;
      write(
        `\r\u001B[2K  ${bar(done / seeds, 36)} ${count(done)} of ${count(seeds)} shops · ${Math.ceil(left / 1_000)} s left${found}`,
      );
    },
    finish: (): void => {
      if (Number.isFinite(drawnAt)) write('\r\u001B[2K');
    },
  };
};
