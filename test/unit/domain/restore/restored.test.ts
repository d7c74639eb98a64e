import { describe, expect, it } from 'vitest';
import { changesBetween } from '../../../../shared/domain/customers/changes-between.ts';
import { noContact } from '../../../../shared/domain/customers/contact.ts';
import type { Suppression } from '../../../../shared/domain/customers/suppression.ts';
import { unseenTombstone } from '../../../../shared/domain/customers/tombstone.ts';
import { isBeforeRestore } from '../../../../shared/domain/guardrails/restored.ts';
import {
  isNothing,
  type LoggedSuppression,
  reasonsIn,
  withdrawnIn,
} from '../../../../shared/domain/restore/log-entry.ts';
import {
  afterLogPage,
  afterLook,
  afterMinute,
  afterSendPage,
  beginRestore,
  goesOn,
} from '../../../../shared/domain/restore/restore.ts';
import { joinEntries } from '../../../../shared/domain/restore/stronger.ts';
import { minutes } from '../../../../shared/domain/time.ts';

const erasure = {
  type: 'erasure',
  store: 'demo',
  customerId: 'c',
  erasedAt: 9,
  generation: 1,
  firstSeenAt: 2,
  names: ['email:h'],
} as const;

describe('before a restore', () => {
  it('is what happened up to it, that instant included; without a restore nothing is', () => {
    expect([9, 10, 11].map((at) => isBeforeRestore({ restoredAt: 10 }, at))).toEqual([true, true, false]);
    expect(isBeforeRestore({}, 0)).toBe(false);
  });
});

describe('a tombstone of somebody the copy never knew', () => {
  it('holds the names and the date, and nothing else of a person', () => {
    const tombstone = unseenTombstone(erasure, ['standard:c-1', 'email:h']);
    expect(tombstone).toMatchObject({
      version: 1,
      erasedAt: 9,
      generation: 1,
      identities: ['standard:c-1', 'email:h'],
    });
    expect([tombstone.profile, tombstone.consent, tombstone.wakeAt, tombstone.mergedInto]).toEqual([
      {},
      undefined,
      undefined,
      undefined,
    ]);
    expect(unseenTombstone({ ...erasure, mergedInto: 'r' }, []).mergedInto).toBe('r');
  });

  it('leaves no stage, as it was in none, and is told all the same', () => {
    const { visit, facts } = changesBetween(undefined, unseenTombstone(erasure, []));
    expect([visit, facts.map(({ type }) => type)]).toEqual([undefined, ['customer-erased']]);
  });
});

describe('what a CONTACT withdraws', () => {
  it('is nothing where nobody said anything, whatever was mailed', () => {
    expect(
      isNothing(withdrawnIn({ ...noContact, lastClickAt: 3, sends: [{ sendId: 's', at: 1 }], topicsOff: [] })),
    ).toBe(true);
  });

  it('is every date, and the choice with its own', () => {
    const contact = { ...noContact, optedOutAt: 1, complainedAt: 2, suppressedAt: 3, suppressedBy: 'bounce' as const };
    expect(withdrawnIn({ ...contact, topicsOff: ['b', 'a'], monthlySince: 4, chosenAt: 5 })).toEqual({
      ...{ optedOutAt: 1, complainedAt: 2, suppressedAt: 3, suppressedBy: 'bounce' },
      choice: { topicsOff: ['a', 'b'], monthlySince: 4, at: 5 },
    });
    expect(withdrawnIn({ ...noContact, topicsOff: ['a'] })).toEqual({ choice: { topicsOff: ['a'], at: 0 } });
  });

  it('is a choice that was taken back as well', () => {
    expect(withdrawnIn({ ...noContact, topicsOff: [], chosenAt: 7 })).toEqual({ choice: { topicsOff: [], at: 7 } });
  });
});

describe('why an address is not mailed', () => {
  const logged = (...rows: readonly Suppression[]) =>
    rows
      .map((row) => ({ type: 'suppression', store: 'demo', addressHash: 'h', ...reasonsIn(row) }) as const)
      .reduce<LoggedSuppression>(joinEntries, { type: 'suppression', store: 'demo', addressHash: 'h' });

  it('is kept as the latest reason, which stands where an earlier one was lifted, and the latest erasure beside it', () => {
    const rows = [
      { by: 'bounce', at: 5, liftedAt: 7 },
      { by: 'erasure', at: 3 },
      { by: 'complaint', at: 9 },
      { by: 'erasure', at: 8 },
    ] as const;
    expect(logged(...rows)).toMatchObject({ reason: { by: 'complaint', at: 9 }, erasedAt: 8 });
    expect(logged({ by: 'operator', at: 1 })).not.toHaveProperty('erasedAt');
  });
});

describe('a restore', () => {
  const begun = beginRestore({ version: 4 }, 100);
  const withdrawal = { type: 'withdrawal', store: 'demo', customerId: 'c', names: [] } as const;

  it('goes through the log, then the mails, then makes sure', () => {
    const first = afterLogPage(begun, [erasure, withdrawal], 'there');
    expect(first).toMatchObject({ step: 'log', place: 'there', done: { erasures: 1, withdrawals: 1 } });
    const mails = afterLogPage(first, [erasure], undefined);
    expect([mails.step, mails.place, mails.done.erasures]).toEqual(['sends', undefined, 2]);
    expect(afterSendPage(mails, 3, 'on')).toMatchObject({ step: 'sends', place: 'on', done: { sends: 3 } });
    expect(afterSendPage(mails, 0, undefined)).toMatchObject({ step: 'making-sure' });
  });

  it('takes the place of the one before, and keeps its own instant', () => {
    expect([beginRestore(undefined, 7).version, begun.version, begun.restoredAt, begun.dueAt]).toEqual([
      1, 5, 100, 100,
    ]);
  });

  it('leaves react a minute before it makes sure, and each round one more', () => {
    const asked = afterSendPage({ ...begun, step: 'sends' }, 0, undefined);
    expect(goesOn(begun, { ...begun, step: 'sends' })).toBe(true);
    expect(goesOn({ ...begun, step: 'sends' }, asked)).toBe(false);
    const waiting = afterMinute(asked, 0, 200);
    expect([waiting.dueAt, waiting.finishedAt]).toEqual([200 + minutes(1), undefined]);
    const half = afterLook(waiting, 1, 'place');
    expect([goesOn(waiting, half), half.place, half.missing, half.round]).toEqual([true, 'place', 1, 0]);
    const round = afterLook(half, 1, undefined);
    expect([goesOn(half, round), round.place, round.missing, round.round]).toEqual([false, undefined, 2, 1]);
    expect(afterMinute(round, 0, 300)).toMatchObject({ missing: 0, dueAt: 300 + minutes(1) });
  });

  it('is finished by a round that misses nobody, and says who is left after five', () => {
    const done = afterMinute({ ...begun, step: 'making-sure', round: 1 }, 0, 400);
    expect([done.finishedAt, done.dueAt, done.left]).toEqual([400, undefined, undefined]);
    const stuck = afterMinute({ ...begun, step: 'making-sure', round: 5, missing: 2 }, 4, 400);
    expect([stuck.finishedAt, stuck.left]).toEqual([400, 2]);
  });
});
