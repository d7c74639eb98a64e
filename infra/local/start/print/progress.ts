import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { PlayProgress } from '../play/play-script.ts';
import { count, dayOf, monthOf, quarterOf } from './words.ts';

export type Span = Readonly<{ from: EpochMs; to: EpochMs; zone: string }>;

/** How far the story is, 0..1. */
export const shareOf = ({ from, to }: Span, now: EpochMs): number =>
  to <= from ? 1 : Math.min(1, Math.max(0, (now - from) / (to - from)));

/** A share as a bar. */
export const bar = (share: number, width: number): string => {
  const full = Math.round(share * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
};

const tally = ({ mails, answers }: PlayProgress): string => {
  const duplicates = answers.ignored.get('duplicate') ?? 0;
  return `${count(answers.webhooks)} webhooks · ${count(mails)} mails · ${count(duplicates)} duplicates ignored · ${count(answers.optOuts.length)} unsubscribed`;
};

/** Two lines: the calendar as a bar, and what has happened so far. */
export const progressLines = (span: Span, progress: PlayProgress): readonly [string, string] => [
  `  ${monthOf(span.from, span.zone)} ${bar(shareOf(span, progress.now), 36)} ${monthOf(span.to, span.zone)}   ${dayOf(progress.now, span.zone)}`,
  `  ${tally(progress)}`,
];

/** Draws the two lines over themselves, at most so often; for a terminal. */
export const liveProgress = (span: Span, write: (text: string) => void, everyMs: number) => {
  let drawn = false;
  let lastAt = Number.NEGATIVE_INFINITY;
  const erase = (): string => (drawn ? '\u001B[2A\u001B[0J' : '');
  return {
    show: (progress: PlayProgress, wallNow: number): void => {
      if (wallNow - lastAt < everyMs) return;
      lastAt = wallNow;
      write(`${erase()}${progressLines(span, progress).join('\n')}\n`);
      drawn = true;
    },
    finish: (progress: PlayProgress): void => {
      write(`${erase()}${progressLines(span, progress).join('\n')}\n`);
      drawn = false;
    },
  };
};

/** One line whenever a quarter of the year is over; for files and pipes. */
export const quarterlyProgress = (span: Span, write: (text: string) => void) => {
  let present = quarterOf(span.from, span.zone);
  let last: PlayProgress | undefined;
  const line = (progress: PlayProgress): void => write(`  ${present}   ${tally(progress)}\n`);
  return {
    show: (progress: PlayProgress): void => {
      const quarter = quarterOf(progress.now, span.zone);
      if (quarter !== present) line(last ?? progress);
      present = quarter;
      last = progress;
    },
    finish: line,
  };
};
