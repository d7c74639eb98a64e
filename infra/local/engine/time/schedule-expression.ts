import { RefusedHere } from '../refusal.ts';
import { nextCron } from './cron.ts';

/** The first tick after an instant; none when there will never be one. */
export type NextTick = (at: number) => number | undefined;

const unitMs: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Ticks of a rate fall on multiples of it since 1970, so that the same story always ticks at the same instants. */
export const parseSchedule = (expression: string, timeZone = 'UTC'): NextTick => {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate !== null) {
    const everyMs = Number(rate[1]) * (unitMs[rate[2] ?? ''] ?? 0);
    if (everyMs > 0) return (at) => (Math.floor(at / everyMs) + 1) * everyMs;
  }
  const cron = /^cron\((.+)\)$/.exec(expression);
  if (cron?.[1] !== undefined) return nextCron(cron[1], timeZone.replace(/^Etc\//, ''));
  throw new RefusedHere('run a schedule', 'ScheduleExpression', 'be rate(...) or cron(...)', expression);
};
