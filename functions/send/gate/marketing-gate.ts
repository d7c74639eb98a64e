import { permit } from '../../../shared/domain/pace/breaker.ts';
import { healthWindowMs } from '../../../shared/domain/pace/mail-health.ts';
import { nextWindow, warmupAllowance } from '../../../shared/domain/pace/pace.ts';
import type { StoreSettings } from '../../../shared/domain/store.ts';
import { type EpochMs, hours, minutes } from '../../../shared/domain/time.ts';
import { type BreakerScope, type Breakers, type MailHealth, wholeAccount } from '../../../shared/ports/breakers.ts';

/** What stands before marketing beside a customer's own guardrails. */
export interface MarketingGate {
  /** Until when marketing of the store has to wait; `undefined` = it may go. */
  waitUntil(store: StoreSettings, now: EpochMs): Promise<EpochMs | undefined>;
  /** Takes a probe of every breaker that is half-open, just before the mail; `false` = somebody else took the last one. */
  pass(store: StoreSettings, now: EpochMs): Promise<boolean>;
  /** Until when the warm-up of a new sender has this store wait. */
  warmupUntil(store: StoreSettings, now: EpochMs): Promise<EpochMs | undefined>;
}

const freshForMs = minutes(1);
const warmupRetryMs = hours(1);

/** Closed breakers, and counts of the warm-up, are kept for a minute: that is how late a container may learn of an opening. */
export const marketingGate = (breakers: Breakers, health: MailHealth): MarketingGate => {
  const closed = new Map<BreakerScope, EpochMs>();
  const sent = new Map<string, Readonly<{ count: number; readAt: EpochMs }>>();
  const isFresh = (at: EpochMs | undefined, now: EpochMs): boolean =>
    at !== undefined && now >= at && now - at < freshForMs;
  const load = async (scope: BreakerScope, now: EpochMs) => {
    if (isFresh(closed.get(scope), now)) return undefined;
    const breaker = await breakers.load(scope);
    if (breaker.state === 'closed') closed.set(scope, now);
    return breaker.state === 'closed' ? undefined : breaker;
  };
  const permits = async (store: StoreSettings, now: EpochMs) => {
    const scopes: readonly BreakerScope[] = [store.id, wholeAccount];
    const found = await Promise.all(scopes.map(async (scope) => ({ scope, breaker: await load(scope, now) })));
    return found.flatMap(({ scope, breaker }) =>
      breaker === undefined ? [] : [{ scope, permit: permit(breaker, now) }],
    );
  };
  const sentLastDay = async (store: string, now: EpochMs): Promise<number> => {
    const known = sent.get(store);
    if (known !== undefined && isFresh(known.readAt, now)) return known.count;
    const counts = await health.read(store, now - Math.min(hours(24), healthWindowMs), now);
    const count = counts.reduce((sum, hour) => sum + hour.sent, 0);
    sent.set(store, { count, readAt: now });
    return count;
  };
  return {
    async waitUntil(store, now) {
      const waits = (await permits(store, now)).flatMap(({ permit: said }) =>
        said.type === 'wait' ? [said.until] : [],
      );
      return waits.length === 0 ? undefined : Math.max(...waits);
    },
    async pass(store, now) {
      for (const { scope, permit: said } of await permits(store, now)) {
        if (said.type === 'wait') return false;
        if (said.next !== undefined && (await breakers.save(scope, said.next)).type !== 'saved') return false;
      }
      return true;
    },
    async warmupUntil(store, now) {
      const allowance = warmupAllowance(store.warmupFrom, now);
      if (allowance === undefined) return undefined;
      return (await sentLastDay(store.id, now)) < allowance ? undefined : nextWindow(now, warmupRetryMs);
    },
  };
};
