import type { Subject } from '../../../shared/domain/facts/subject.ts';
import type { Fit } from '../../../shared/domain/fit/fit.ts';
import { silenceDays } from '../../../shared/domain/fit/silence/silence-curve.ts';
import type { TimedMove } from '../../../shared/domain/lifecycle/stage-of.ts';
import { days, type EpochMs } from '../../../shared/domain/time.ts';

/*
 * The limit: the `ecommerce` lifecycle as somebody would write it who knows it by heart and needs no other. Every threshold
 * is a local number, nothing is looked up, and the wake is written out stage by stage.
 */

const yearMs = days(365);
const lostAfterMs = days(120);
const never = Number.POSITIVE_INFINITY;

type Thresholds = Readonly<{ at75: number; at90: number; at98: number }>;

/** A decision and its wake, written by hand for one fit. */
export const byHand = (fit: Fit) => {
  const [once, twice, often] = fit.curves.map(
    (curve): Thresholds => ({
      at75: days(silenceDays(curve, 0.75)),
      at90: days(silenceDays(curve, 0.9)),
      at98: days(silenceDays(curve, 0.98)),
    }),
  );
  if (once === undefined || twice === undefined || often === undefined) throw new Error('a fit has three curves');
  const leastOften = fit.topLast12Months?.find(({ top }) => top === 0.25)?.orders;
  const thresholdsOf = (orders: number): Thresholds => (orders <= 1 ? once : orders <= 3 ? twice : often);

  /** Until when a customer counts as loyal; never began when that has passed. */
  const loyalUntil = ({ history: { orders, recent, lastAt = 0 } }: Subject): EpochMs => {
    if (orders < 3) return Number.NEGATIVE_INFINITY;
    if (leastOften === undefined) return orders >= 4 ? never : Number.NEGATIVE_INFINITY;
    if (leastOften <= 0) return never;
    const first = recent.length + 1 - leastOften;
    if (first < 0) return Number.NEGATIVE_INFINITY;
    return (first === recent.length ? lastAt : (recent[first] ?? 0)) + yearMs;
  };

  const hasWonBack = ({ history: { orders, lastAt = 0, previousAt } }: Subject): boolean =>
    previousAt !== undefined && lastAt - previousAt >= thresholdsOf(orders - 1).at90;

  const stageOf = (subject: Subject, at: EpochMs): string => {
    const { placed, orders, lastAt } = subject.history;
    if (placed === 0) return 'lead';
    if (lastAt !== undefined) {
      const silentMs = Math.max(0, at - lastAt);
      const { at75, at90, at98 } = thresholdsOf(orders);
      if (silentMs >= at98 && silentMs > lostAfterMs) return 'lost';
      if (orders <= 1) return silentMs >= at75 ? 'one_time' : 'new';
      if (silentMs >= at90) return 'lapsed';
      if (silentMs >= at75) return 'at_risk';
    }
    if (hasWonBack(subject)) return 'won_back';
    if (at < loyalUntil(subject)) return 'loyal';
    return orders >= 2 ? 'active' : 'new';
  };

  const move = (at: EpochMs, stage: string): TimedMove => ({ at, stage });

  const wakeFrom = (stage: string, subject: Subject, lastAt: EpochMs): TimedMove | undefined => {
    const { at75, at90, at98 } = thresholdsOf(subject.history.orders);
    const lostAt = lastAt + Math.max(at98, lostAfterMs + 1);
    const orLost = (at: EpochMs, next: string): TimedMove => (at < lostAt ? move(at, next) : move(lostAt, 'lost'));
    switch (stage) {
      case 'lost':
        return undefined;
      case 'new':
        return orLost(lastAt + at75, 'one_time');
      case 'one_time':
      case 'lapsed':
        return move(lostAt, 'lost');
      case 'at_risk':
        return orLost(lastAt + at90, 'lapsed');
      case 'loyal': {
        const until = loyalUntil(subject);
        return until < lastAt + at75 ? move(until, 'active') : quiet(lastAt, at75, at90, orLost);
      }
      default:
        return quiet(lastAt, at75, at90, orLost);
    }
  };

  return {
    stageOf,
    wakeAt: (subject: Subject, now: EpochMs): TimedMove | undefined => {
      const { placed, lastAt } = subject.history;
      if (placed === 0 || lastAt === undefined) return undefined;
      return wakeFrom(stageOf(subject, now), subject, lastAt);
    },
  };
};

/** Where both thresholds fall on one day, at_risk is passed over. */
const quiet = (
  lastAt: EpochMs,
  at75: number,
  at90: number,
  orLost: (at: EpochMs, next: string) => TimedMove,
): TimedMove => (at90 <= at75 ? orLost(lastAt + at75, 'lapsed') : orLost(lastAt + at75, 'at_risk'));
