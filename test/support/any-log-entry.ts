import fc from 'fast-check';
import type { LoggedErasure, LoggedSuppression, LoggedWithdrawal } from '../../shared/domain/restore/log-entry.ts';

/** Few, so that ties come up. */
const instant = fc.integer({ min: 0, max: 6 });
const names = fc
  .subarray(['email:a', 'email:b', 'sealed:c', 'sealed:d'])
  .map((chosen): readonly string[] => [...chosen].sort());
const topics = fc.subarray(['news', 'offers', 'loyalty']).map((chosen): readonly string[] => [...chosen].sort());
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** Without the keys that hold nothing: entries never do. */
const present = <T extends object>(value: T): T =>
  // Sound: only keys whose value is absent anyway are left out.
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;

export const anyErasure: fc.Arbitrary<LoggedErasure> = fc
  .record({
    type: fc.constant('erasure' as const),
    store: fc.constant('demo'),
    customerId: fc.constant('c'),
    erasedAt: instant,
    generation: fc.integer({ min: 0, max: 2 }),
    firstSeenAt: instant,
    mergedInto: maybe(fc.constantFrom('r', 's')),
    names,
  })
  .map((entry) => present(entry) as LoggedErasure);

export const anyLoggedSuppression: fc.Arbitrary<LoggedSuppression> = fc
  .record({
    type: fc.constant('suppression' as const),
    store: fc.constant('demo'),
    addressHash: fc.constant('hash'),
    reason: maybe(fc.record({ by: fc.constantFrom('bounce', 'complaint', 'operator'), at: instant })),
    erasedAt: maybe(instant),
  })
  .map((entry) => present(entry) as LoggedSuppression);

const choice = fc.record({ topicsOff: topics, monthlySince: maybe(instant), at: instant }).map(present);
const suppressed = fc.record({
  suppressedAt: instant,
  suppressedBy: fc.constantFrom('bounce', 'complaint', 'operator'),
});

export const anyWithdrawal: fc.Arbitrary<LoggedWithdrawal> = fc
  .tuple(
    fc.record({ optedOutAt: maybe(instant), complainedAt: maybe(instant), choice: maybe(choice), names }),
    maybe(suppressed),
  )
  .map(
    ([rest, by]) =>
      present({ type: 'withdrawal' as const, store: 'demo', customerId: 'c', ...rest, ...by }) as LoggedWithdrawal,
  );
