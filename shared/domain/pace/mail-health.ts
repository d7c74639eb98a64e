import { days, type EpochMs, hours, toIso } from '../time.ts';
import { wilsonInterval } from './wilson.ts';

/** What became of mails: distinct ones, each counted once for each kind of event. Bounces are hard ones. */
export type MailCounts = Readonly<{ sent: number; bounced: number; complained: number }>;

/** Counts of one hour, named by its beginning (`2026-01-05T10`). */
export type HourCounts = MailCounts & Readonly<{ hour: string }>;

export type HealthCause = 'bounces' | 'complaints';
export type Health = Readonly<{ level: 'well' } | { level: 'warn' | 'ill'; cause: HealthCause }>;

/** SES reviews an account at 5 % bounces and .1 % complaints: all of these lie below. */
const limits = {
  bounces: { warnAbove: 0.02, illAbove: 0.03, illFrom: 10 },
  complaints: { warnAbove: 0.0005, illAbove: 0.0008, illFrom: 3 },
} as const;

/** The 90 % interval: one in twenty true shares lies below its lower end. */
const z = 1.645;

export const hourOf = (at: EpochMs): string => toIso(at).slice(0, 13);

/** How far back the longer window reaches. */
export const healthWindowMs = days(7);

const sum = (counts: readonly MailCounts[]): MailCounts => ({
  sent: counts.reduce((total, { sent }) => total + sent, 0),
  bounced: counts.reduce((total, { bounced }) => total + bounced, 0),
  complained: counts.reduce((total, { complained }) => total + complained, 0),
});

/** The counts of the hours that reach into a window of `windowMs`, none of them before `from`. */
export const within = (
  counts: readonly HourCounts[],
  window: Readonly<{ windowMs: number; from: EpochMs; now: EpochMs }>,
): MailCounts => {
  const first = hourOf(Math.max(window.now - window.windowMs, window.from));
  return sum(counts.filter(({ hour }) => hour >= first && hour <= hourOf(window.now)));
};

const healthOf = (cause: HealthCause, hits: number, sent: number): Health => {
  const { warnAbove, illAbove, illFrom } = limits[cause];
  const [low] = wilsonInterval(hits, Math.max(sent, hits), z);
  if (hits >= illFrom && low > illAbove) return { level: 'ill', cause };
  return hits > 0 && low > warnAbove ? { level: 'warn', cause } : { level: 'well' };
};

const rank = { well: 0, warn: 1, ill: 2 } as const;

/** The worse of both windows and both causes: a day of complaints counts even in a good week, a bad week even on a good day. */
export const mailHealth = (counts: readonly HourCounts[], from: EpochMs, now: EpochMs): Health =>
  [hours(24), healthWindowMs]
    .map((windowMs) => within(counts, { windowMs, from, now }))
    .flatMap(({ sent, bounced, complained }) => [
      healthOf('complaints', complained, sent),
      healthOf('bounces', bounced, sent),
    ])
    .reduce((worst, health) => (rank[health.level] > rank[worst.level] ? health : worst));
