import type { Paint } from '../../../cli/text/paint.ts';
import { count, stageLabel } from '../../../local/start/print/words.ts';
import type { Backtest } from '../run-backtest.ts';

const width = 9;

/** Who went from where to where, by an order or by time alone. */
export const transitionsTable = (
  { transitions, otherMoves, stages }: Pick<Backtest, 'transitions' | 'otherMoves' | 'stages'>,
  paint: Paint,
): readonly string[] => {
  const inOrder = stages.map(({ stage }) => stage);
  const to = inOrder.filter((stage) => transitions.some((move) => move.to === stage));
  const from = inOrder.filter((stage) => transitions.some((move) => move.from === stage));
  if (to.length === 0) return [];
  const cell = (a: string, b: string): string => {
    const n = transitions.find((move) => move.from === a && move.to === b)?.count;
    return (n === undefined ? '·' : count(n)).padStart(width);
  };
  const head = `  ${'WHO MOVED, TO'.padEnd(14)}${to.map((stage) => stageLabel(stage).padStart(width)).join('')}`;
  const rows = from.map(
    (stage) => `  ${`from ${stageLabel(stage)}`.padEnd(14)}${to.map((other) => cell(stage, other)).join('')}`,
  );
  return ['', paint.bold(head), ...rows, ...otherLine(otherMoves)];
};

const words: Readonly<Record<string, string>> = {
  correction: 'by cancellations and refunds',
  rebase: 'because the store came to know its customers better',
};

const otherLine = (others: Backtest['otherMoves']): readonly string[] => {
  const told = Object.entries(others).map(([cause, n]) => `${count(n)} ${words[cause] ?? `by ${cause}`}`);
  return told.length === 0 ? [] : [`  besides, without any mail: ${told.join(' · ')}`];
};
