import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogEntry, LoggedChoice } from '../../../shared/domain/restore/log-entry.ts';
import { narrowerChoice } from '../../../shared/domain/restore/narrower-choice.ts';
import { openName, sealName } from '../../../shared/domain/restore/sealed-name.ts';
import { joinEntries } from '../../../shared/domain/restore/stronger.ts';
import { anyErasure, anyLoggedSuppression, anyWithdrawal } from '../../support/any-log-entry.ts';

const kinds: readonly (readonly [string, fc.Arbitrary<LogEntry>])[] = [
  ['erasures', anyErasure],
  ['suppressions', anyLoggedSuppression],
  ['withdrawals', anyWithdrawal],
];

describe.each(kinds)('what is logged of %s', (_, any) => {
  it('is the same in whatever order and however often it is told', () => {
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 6 }), fc.infiniteStream(fc.nat()), (told, chance) => {
        const joined = told.reduce(joinEntries);
        const again = [...told, ...told].map((entry) => ({ entry, rank: chance.next().value ?? 0 }));
        const shuffled = again.sort((a, b) => a.rank - b.rank).map(({ entry }) => entry);
        expect(shuffled.reduce(joinEntries)).toEqual(joined);
      }),
    );
  });

  it('stays as it is beside an entry of another kind', () => {
    fc.assert(
      fc.property(any, anyErasure, anyLoggedSuppression, (entry, erasure, suppression) => {
        const other: LogEntry = entry.type === 'erasure' ? suppression : erasure;
        expect(joinEntries<LogEntry>(entry, other)).toBe(entry);
      }),
    );
  });
});

describe('what is logged', () => {
  it('never forgets a date, a name, or the reason that stands', () => {
    fc.assert(
      fc.property(anyWithdrawal, anyWithdrawal, (a, b) => {
        const joined = joinEntries(a, b);
        for (const { optedOutAt = -1, complainedAt = -1, suppressedAt = -1, names } of [a, b]) {
          expect(joined.optedOutAt ?? -1).toBeGreaterThanOrEqual(optedOutAt);
          expect(joined.complainedAt ?? -1).toBeGreaterThanOrEqual(complainedAt);
          expect(joined.suppressedAt ?? -1).toBeGreaterThanOrEqual(suppressedAt);
          expect(joined.names).toEqual(expect.arrayContaining([...names]));
        }
      }),
    );
  });
});

const nothingChosen: Partial<LoggedChoice> & Pick<LoggedChoice, 'topicsOff'> = { topicsOff: [] };

describe('a choice that is put back', () => {
  it('leaves out at least what was left out, and never what was chosen later', () => {
    fc.assert(
      fc.property(anyWithdrawal, anyWithdrawal, (now, logged) => {
        if (logged.choice === undefined) return;
        const { at, ...chosen } = now.choice ?? nothingChosen;
        const there = { ...chosen, ...(at === undefined ? {} : { chosenAt: at }) };
        const after = narrowerChoice(there, logged.choice) ?? there;
        expect(after.topicsOff).toEqual(expect.arrayContaining([...there.topicsOff]));
        if (there.monthlySince !== undefined) expect(after.monthlySince).toBe(there.monthlySince);
        const isLater = at !== undefined && at > logged.choice.at;
        if (isLater) expect(after).toBe(there);
        else expect(after.topicsOff).toEqual(expect.arrayContaining([...logged.choice.topicsOff]));
        expect(narrowerChoice(after, logged.choice)).toBeUndefined();
      }),
    );
  });
});

describe('a sealed name', () => {
  const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const name = fc
    .tuple(fc.constantFrom('standard', 'shopify'), fc.string({ unit: 'binary' }))
    .map((parts) => parts.join(':'));

  it('opens with the key and store it was sealed for, and is the same each time', () => {
    fc.assert(
      fc.property(key, name, (bytes, text) => {
        const sealed = sealName(bytes, 'demo', text);
        // A lone surrogate has no UTF-8 and comes back as the replacement character.
        expect(openName(bytes, 'demo', sealed)).toBe(text.toWellFormed());
        expect(sealName(bytes, 'demo', text)).toBe(sealed);
      }),
    );
  });

  it('opens with no other key, for no other store, and shows nothing of the name', () => {
    fc.assert(
      fc.property(key, fc.emailAddress(), (bytes, email) => {
        const sealed = sealName(bytes, 'demo', `standard:${email}`);
        expect(sealed).not.toContain(email);
        expect(openName(bytes, 'other', sealed)).toBeUndefined();
        expect(
          openName(
            bytes.map((byte) => byte ^ 1),
            'demo',
            sealed,
          ),
        ).toBeUndefined();
        for (const broken of ['', 'sealed:', 'sealed:AAAA', email])
          expect(openName(bytes, 'demo', broken)).toBeUndefined();
      }),
    );
  });
});
