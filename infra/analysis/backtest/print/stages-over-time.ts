import type { Paint } from '../../../cli/text/paint.ts';
import { count, stageLabel } from '../../../local/start/print/words.ts';
import type { Backtest } from '../run-backtest.ts';
import type { DayCounts } from '../summary/day-counts.ts';

const heights = ' ▁▂▃▄▅▆▇█';
/** More columns than this and months are joined. */
const widest = 60;

/** The last day of each month, or of each few months where there are many. */
const monthEnds = (byDay: readonly DayCounts[]): readonly DayCounts[] => {
  const ends = byDay.filter(({ day }, n) => byDay[n + 1]?.day.slice(0, 7) !== day.slice(0, 7));
  const step = Math.ceil(ends.length / widest);
  return ends.filter((_, n) => (ends.length - 1 - n) % step === 0);
};

const blockOf = (n: number, most: number): string =>
  heights[n === 0 ? 0 : Math.max(1, Math.round((n / most) * 8))] ?? ' ';

/** Each stage's population at the ends of months; one scale for all, so that rows can be compared. */
export const stagesOverTime = (
  { byDay, stages }: Pick<Backtest, 'byDay' | 'stages'>,
  paint: Paint,
): readonly string[] => {
  const ends = monthEnds(byDay);
  const [first, last] = [ends[0], ends.at(-1)];
  if (first === undefined || last === undefined || ends.length < 2) return [];
  const series = stages
    .map(({ stage }) => ({ stage, people: ends.map((end) => end.stages[stage] ?? 0) }))
    .filter(({ people }) => people.some((n) => n > 0));
  const most = series.flatMap(({ people }) => people).reduce((a, b) => Math.max(a, b), 1);
  const rows = series.map(({ stage, people }) => {
    const picture = people.map((n) => blockOf(n, most)).join('');
    return `  ${stageLabel(stage).padEnd(10)} ${paint.bold(picture)} ${count(people.at(-1) ?? 0).padStart(8)}`;
  });
  const head = `  ${'MONTH BY MONTH'.padEnd(10)} ${first.day.slice(0, 7)} to ${last.day.slice(0, 7)}, full height ${count(most)} people`;
  return ['', paint.bold(head), ...rows];
};
