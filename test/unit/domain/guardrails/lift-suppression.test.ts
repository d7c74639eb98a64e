import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Contact, noContact } from '../../../../shared/domain/customers/contact.ts';
import { type Suppression, standsSuppressed, suppresses } from '../../../../shared/domain/customers/suppression.ts';
import { type LiftWord, liftSuppression } from '../../../../shared/domain/guardrails/lift-suppression.ts';
import { sampleCustomer } from '../../../support/samples.ts';

const file = (contact: Partial<Contact>, customer = sampleCustomer()) => ({
  customer,
  contact: { ...noContact, ...contact },
});
const word = (change: Partial<LiftWord> = {}): LiftWord => ({ because: 'mailbox was full', at: 100, ...change });
const bounced: Suppression = { by: 'bounce', at: 40 };

describe('a suppression is lifted by hand', () => {
  it('after a bounce, at the mere word of the operator', () => {
    const lifting = { at: 100, by: 'bounce', suppressedAt: 40, because: 'mailbox was full' };
    expect(liftSuppression(bounced, [], word())).toEqual({ type: 'lift', lifting });
    const contact = { suppressedAt: 40, suppressedBy: 'bounce' } as const;
    expect(liftSuppression(undefined, [file(contact)], word())).toEqual({ type: 'lift', lifting });
    expect(liftSuppression(undefined, [file({}), file(contact)], word())).toEqual({ type: 'lift', lifting });
  });

  it('after a complaint only with a date on which they asked again, later than it', () => {
    const needed = { type: 'statement-needed', complainedAt: 50 };
    const contact = { suppressedAt: 50, suppressedBy: 'complaint', complainedAt: 50 } as const;
    for (const agreedAt of [undefined, 49, 50]) {
      expect(liftSuppression({ by: 'complaint', at: 50 }, [], word({ agreedAt }))).toEqual(needed);
      // The list keeps the first reason: a complaint beside a bounce stands on CONTACT alone.
      expect(liftSuppression(bounced, [file(contact)], word({ agreedAt }))).toEqual(needed);
    }
    expect(liftSuppression(bounced, [file(contact)], word({ agreedAt: 51 }))).toMatchObject({
      lifting: { by: 'complaint', suppressedAt: 50, agreedAt: 51 },
    });
  });

  it('never after an erasure, nor where nothing stands', () => {
    const nothing = { type: 'nothing-to-lift' };
    expect(liftSuppression(undefined, [], word())).toEqual(nothing);
    expect(liftSuppression({ by: 'erasure', at: 40 }, [], word({ agreedAt: 90 }))).toEqual(nothing);
    expect(liftSuppression(bounced, [file({}, sampleCustomer({ erasedAt: 60 }))], word())).toEqual(nothing);
    expect(liftSuppression(bounced, [file({ erasedAt: 60 })], word())).toEqual(nothing);
    expect(liftSuppression({ ...bounced, liftedAt: 40 }, [file({ suppressedAt: 3, liftedAt: 9 })], word())).toEqual(
      nothing,
    );
  });

  it('by the operator themselves, where no reason is known', () => {
    expect(liftSuppression(undefined, [file({ suppressedAt: 7 })], word())).toMatchObject({
      lifting: { by: 'operator', suppressedAt: 7 },
    });
  });

  it('and stands again with the next bounce, not with late news of an old one', () => {
    const dated = fc.integer({ min: 0, max: 200 });
    fc.assert(
      fc.property(dated, dated, (suppressedAt, liftedAt) => {
        expect(standsSuppressed({ ...noContact, suppressedAt, liftedAt })).toBe(suppressedAt > liftedAt);
        expect(suppresses({ by: 'bounce', at: suppressedAt, liftedAt }, undefined)).toBe(suppressedAt > liftedAt);
      }),
    );
    expect(standsSuppressed({ ...noContact, liftedAt: 1 })).toBe(false);
  });
});
