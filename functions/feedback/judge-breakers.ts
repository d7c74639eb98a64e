import { LifecycleError } from '../../shared/domain/errors.ts';
import { afterBadNews } from '../../shared/domain/pace/breaker.ts';
import { type HourCounts, healthWindowMs, mailHealth } from '../../shared/domain/pace/mail-health.ts';
import type { EpochMs } from '../../shared/domain/time.ts';
import { logTerms } from '../../shared/env.ts';
import { type BreakerScope, type Breakers, type MailHealth, wholeAccount } from '../../shared/ports/breakers.ts';
import type { Log } from '../../shared/ports/log.ts';
import type { StoreList } from '../../shared/ports/store-list.ts';

export type JudgeDeps = Readonly<{
  breakers: Breakers;
  health: MailHealth;
  stores: StoreList;
  log: Pick<Log, 'warn'>;
}>;

const maxAttempts = 5;

/** Looks at the circuit breakers after bad news: the store's own and the account's. Looking twice changes nothing more. */
export const judgeBreakers = async (deps: JudgeDeps, store: string, now: EpochMs): Promise<void> => {
  const own = await deps.health.read(store, now - healthWindowMs, now);
  await judge(deps, store, own, now);
  const others = (await deps.stores.stores()).filter((other) => other !== store);
  const theirs = await Promise.all(others.map((other) => deps.health.read(other, now - healthWindowMs, now)));
  await judge(deps, wholeAccount, [...own, ...theirs.flat()], now);
};

const judge = async (
  { breakers, log }: JudgeDeps,
  scope: BreakerScope,
  counts: readonly HourCounts[],
  now: EpochMs,
): Promise<void> => {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const breaker = await breakers.load(scope);
    const next = afterBadNews(breaker, counts, now);
    if (next === undefined) {
      const health = mailHealth(counts, breaker.countFrom, now);
      if (health.level === 'warn') log.warn(logTerms.breakerWarned, { scope, cause: health.cause });
      return;
    }
    if ((await breakers.save(scope, next)).type === 'saved') {
      log.warn(logTerms.breakerOpened, { scope, cause: next.cause, until: next.until });
      return;
    }
  }
  throw new LifecycleError(
    'write.contended',
    `cannot judge a breaker: 'version' must stand still, got ${maxAttempts} conflicts`,
    { key: 'BREAKER', attempts: maxAttempts },
  );
};
