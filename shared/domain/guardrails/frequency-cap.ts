import type { RecentSend } from '../customers/contact.ts';
import { type DurationMs, days, type EpochMs, hours } from '../time.ts';

/** At most `max` marketing mails in any window of `windowMs`. */
export type CapPolicy = Readonly<{ max: number; windowMs: DurationMs }>;
export type CapVerdict = Readonly<{ type: 'clear' }> | Readonly<{ type: 'wait'; until: EpochMs }>;

export const dailyCap: CapPolicy = { max: 1, windowMs: hours(20) };
export const weeklyCap: CapPolicy = { max: 3, windowMs: days(7) };
/** For those who asked for less, and those who react to nothing. */
export const monthlyCap: CapPolicy = { max: 1, windowMs: days(30) };

/**
 * Says whether one more mail fits under a cap, and if not, when it will.
 *
 * The window is half-open: a send exactly `windowMs` old no longer counts.
 *
 * @param sentAt Past sends in any order; future ones count as sent.
 * @returns `wait.until` is the first instant at which the same call would be `clear`.
 */
export const frequencyCap = (policy: CapPolicy, sentAt: readonly EpochMs[], now: EpochMs): CapVerdict => {
  const counted = sentAt.filter((at) => at > now - policy.windowMs).sort((a, b) => a - b);
  const blocker = counted.at(-policy.max);
  return blocker === undefined ? { type: 'clear' } : { type: 'wait', until: blocker + policy.windowMs };
};

/** What bends the caps for one mail. */
type CapSituation = Readonly<{ byOwnActToday: boolean; isMonthly?: boolean }>;

/** All caps over a customer's recent sends; what the customer's own act started today passes the weekly one. */
export const marketingCaps = (
  recent: readonly RecentSend[],
  { byOwnActToday, isMonthly = false }: CapSituation,
  now: EpochMs,
): CapVerdict => {
  const sentAt = recent.map(({ at }) => at);
  const caps = [dailyCap, ...(byOwnActToday ? [] : [weeklyCap]), ...(isMonthly ? [monthlyCap] : [])];
  const waits = caps.map((cap) => frequencyCap(cap, sentAt, now)).filter((verdict) => verdict.type === 'wait');
  return waits.length === 0 ? { type: 'clear' } : { type: 'wait', until: Math.max(...waits.map(({ until }) => until)) };
};

/** The recent sends worth keeping: those the longest window can still see. */
export const stillCounting = (recent: readonly RecentSend[], now: EpochMs): readonly RecentSend[] =>
  recent.filter(({ at }) => at > now - monthlyCap.windowMs);
