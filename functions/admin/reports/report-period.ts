import { days, type EpochMs, utcDay } from '../../../shared/domain/time.ts';
import { calendarDay } from '../instant.ts';
import { type ProblemAnswer, unprocessable } from '../problem-answer.ts';

export const periodParameters = {
  from: calendarDay.optional().meta({ description: 'First UTC day; default: the day the store was made' }),
  to: calendarDay.optional().meta({ description: 'Last UTC day; default: today' }),
};

export type Period = Readonly<{ type: 'period'; from: string; to: string }>;

/** The days a report covers, within the store's life. */
export const periodOf = (
  asked: Readonly<{ from?: string | undefined; to?: string | undefined }>,
  createdAt: EpochMs,
  now: EpochMs,
): Period | ProblemAnswer => {
  const first = utcDay(Math.min(createdAt, now));
  const today = utcDay(now);
  const from = asked.from === undefined || asked.from < first ? first : asked.from;
  const to = asked.to === undefined || asked.to > today ? today : asked.to;
  if (from <= to) return { type: 'period', from, to };
  return unprocessable('the period holds no day', [{ path: 'query.from', rule: 'must not lie after to' }]);
};

/** Every UTC day from `from` to `to`, both included. */
export const daysBetween = (from: string, to: string): readonly string[] => {
  const start = Date.parse(from);
  const count = Math.round((Date.parse(to) - start) / days(1)) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, n) => utcDay(start + days(n)));
};
