import { type DurationMs, days, type EpochMs, hours } from '../time.ts';
import { type HealthCause, type HourCounts, mailHealth, within } from './mail-health.ts';

/**
 * Stands between marketing and a spent reputation, once for each store and once for the account:
 *
 *     closed ── ill ──▶ open ── after `until` ──▶ half-open: 50 mails, then 24 h of waiting for what becomes of them
 *        ▲                ▲                            │
 *        │                └── a complaint, 3 bounces ──┤
 *        └────────────────────── nothing of that ──────┘   counts begin anew from here
 */
export type Breaker = Readonly<{
  /** Counts writes; 0 = never written. */
  version: number;
  state: 'closed' | 'open' | 'half-open';
  /** When the state began. */
  since: EpochMs;
  /** What happened before counts no more. */
  countFrom: EpochMs;
  /** Openings in a row: each doubles the wait. */
  openings: number;
  until?: EpochMs;
  cause?: HealthCause;
  /** Mails a half-open breaker still lets through. */
  probesLeft?: number;
}>;

export const newBreaker: Breaker = { version: 0, state: 'closed', since: 0, countFrom: 0, openings: 0 };

export const probes = 50;
/** How long one waits for bounces and complaints about the last probe. */
export const verdictAfterMs: DurationMs = hours(24);
const firstOpenMs: DurationMs = hours(12);
const longestOpenMs: DurationMs = days(7);

const opened = (breaker: Breaker, cause: HealthCause, now: EpochMs): Breaker => ({
  version: breaker.version + 1,
  state: 'open',
  since: now,
  countFrom: breaker.countFrom,
  openings: breaker.openings + 1,
  until: now + Math.min(firstOpenMs * 2 ** breaker.openings, longestOpenMs),
  cause,
});

/** What a bounce or complaint makes of a breaker; `undefined` = it stays as it is. */
export const afterBadNews = (breaker: Breaker, counts: readonly HourCounts[], now: EpochMs): Breaker | undefined => {
  if (breaker.state === 'open') return undefined;
  if (breaker.state === 'half-open') {
    const { bounced, complained } = within(counts, { windowMs: now - breaker.since, from: breaker.since, now });
    if (complained >= 1) return opened(breaker, 'complaints', now);
    return bounced >= 3 ? opened(breaker, 'bounces', now) : undefined;
  }
  const health = mailHealth(counts, breaker.countFrom, now);
  return health.level === 'ill' ? opened(breaker, health.cause, now) : undefined;
};

/** Whether one more marketing mail may go; `next` is to be written first where the mail changes the breaker. */
export type Permit = Readonly<{ type: 'go'; next?: Breaker }> | Readonly<{ type: 'wait'; until: EpochMs }>;

export const permit = (breaker: Breaker, now: EpochMs): Permit => {
  if (breaker.state === 'closed') return { type: 'go' };
  if (breaker.state === 'open') {
    const until = breaker.until ?? now;
    return now < until ? { type: 'wait', until } : { type: 'go', next: halfOpen(breaker, now) };
  }
  const { probesLeft = 0, since, version } = breaker;
  if (probesLeft > 0) return { type: 'go', next: { ...breaker, version: version + 1, probesLeft: probesLeft - 1 } };
  const until = since + verdictAfterMs;
  if (now < until) return { type: 'wait', until };
  return { type: 'go', next: { version: version + 1, state: 'closed', since: now, countFrom: since, openings: 0 } };
};

/** The mail that finds the time over is the first probe. Counts are by the hour, so its whole hour counts: strict, not lenient. */
const halfOpen = (breaker: Breaker, now: EpochMs): Breaker => {
  const { until: _until, ...rest } = breaker;
  const since = Math.floor(now / hours(1)) * hours(1);
  return { ...rest, version: breaker.version + 1, state: 'half-open', since, countFrom: since, probesLeft: probes - 1 };
};
