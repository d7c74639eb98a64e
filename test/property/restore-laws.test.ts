import fc from 'fast-check';
import { expect, it } from 'vitest';
import { startRestore } from '../../functions/restore/start-restore.ts';
import { restorePages } from '../../functions/sweep/restore-page.ts';
import type { Contact } from '../../shared/domain/customers/contact.ts';
import { days, minutes } from '../../shared/domain/time.ts';
import { anyLoggedSuppression, anyWithdrawal } from '../support/any-log-entry.ts';
import { start } from '../support/customers.ts';
import { makeWorld } from '../support/world.ts';

const instant = fc.integer({ min: 0, max: 9 });
const topics = fc.subarray(['news', 'offers', 'loyalty']);
type Act =
  | Readonly<{ type: 'opt-out' | 'complain'; at: number }>
  | Readonly<{ type: 'choose'; topicsOff: readonly string[] }>
  | Readonly<{ type: 'suppress'; by: 'bounce' | 'erasure'; at: number }>
  | Readonly<{ type: 'replay' }>;
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ type: fc.constantFrom('opt-out' as const, 'complain' as const), at: instant }),
  fc.record({ type: fc.constant('choose' as const), topicsOff: topics }),
  fc.record({
    type: fc.constant('suppress' as const),
    by: fc.constantFrom('bounce' as const, 'erasure' as const),
    at: instant,
  }),
  fc.record({ type: fc.constant('replay' as const) }),
);

const dates = ['optedOutAt', 'complainedAt', 'suppressedAt'] as const;

it('fault 25: a replay, at any moment, in any order and any number of times, weakens no opt-out that was logged or comes in live', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(anyWithdrawal, anyLoggedSuppression), { maxLength: 5 }),
      fc.array(act, { minLength: 1, maxLength: 12 }),
      async (logged, acts) => {
        const { deps } = await makeWorld();
        for (const entry of logged) await deps.erasureLog.note(entry);
        const contact = async (): Promise<Contact> => (await deps.customers.load('demo', 'c', 'decision')).contact;
        let now = start;
        let before = await contact();
        let chosen: readonly string[] = [];
        const replay = async () => {
          await startRestore({ restores: deps.restores, isStopped: async () => true }, 'demo', { now, anew: true });
          for (let n = 0; n < 4; n++) {
            now += minutes(1);
            await restorePages(deps, now);
          }
        };
        for (const one of [...acts, { type: 'replay' } as const]) {
          now += days(1);
          if (one.type === 'replay') await replay();
          else if (one.type === 'suppress') await deps.suppressions.add('demo', 'hash', one);
          else if (one.type === 'choose') {
            chosen = one.topicsOff;
            await deps.customers.putPreferences('demo', 'c', { topicsOff: chosen, chosenAt: now });
          } else
            await deps.customers.restrictContact('demo', 'c', {
              [one.type === 'opt-out' ? 'optedOutAt' : 'complainedAt']: one.at,
            });
          const after = await contact();
          for (const date of dates) expect(after[date] ?? -1).toBeGreaterThanOrEqual(before[date] ?? -1);
          expect(after.topicsOff ?? []).toEqual(expect.arrayContaining([...chosen]));
          if (before.monthlySince !== undefined && one.type !== 'choose')
            expect(after.monthlySince).toBe(before.monthlySince);
          before = after;
        }
        for (const entry of logged) {
          if (entry.type === 'suppression') {
            const isNamed = entry.reason !== undefined || entry.erasedAt !== undefined;
            expect((await deps.suppressions.find('demo', 'hash')) !== undefined || !isNamed).toBe(true);
          } else {
            for (const date of dates) expect(before[date] ?? -1).toBeGreaterThanOrEqual(entry[date] ?? -1);
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});
