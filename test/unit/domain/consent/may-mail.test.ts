import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ConsentFile,
  consentStands,
  foldConsent,
  statementOf,
} from '../../../../shared/domain/consent/fold-consent.ts';
import { impliedConsentMs } from '../../../../shared/domain/consent/jurisdiction.ts';
import { mayMail } from '../../../../shared/domain/consent/may-mail.ts';
import { permissionWords } from '../../../../shared/domain/consent/permission.ts';
import { labelled } from '../../../../shared/domain/consent/subject-label.ts';
import { type Contact, noContact } from '../../../../shared/domain/customers/contact.ts';
import type { ConsentState } from '../../../../shared/domain/customers/customer.ts';
import { customerConsent } from '../../../../shared/domain/intake/shopify/consent.ts';
import { days, type EpochMs } from '../../../../shared/domain/time.ts';
import { start } from '../../../support/customers.ts';
import { sampleCustomer } from '../../../support/samples.ts';
import { shop } from '../../../support/world.ts';

type Person = Readonly<{
  country?: string;
  consent?: Partial<ConsentState>;
  contact?: Partial<Contact>;
  lastAt?: EpochMs | undefined;
}>;

const fileOf = ({ country, consent, contact, lastAt }: Person): ConsentFile => {
  const { consent: _consent, history, ...rest } = sampleCustomer();
  const { lastAt: _lastAt, ...orders } = history;
  return {
    customer: {
      ...rest,
      profile: country === undefined ? {} : { country },
      history: lastAt === undefined ? orders : { ...orders, lastAt },
      ...(consent && { consent: { state: 'granted', at: start, basis: 'express', statement: 's', ...consent } }),
    },
    contact: { ...noContact, ...contact },
  };
};

const now = start + days(100);
const ask = (person: Person, store = {}, at = now) => mayMail({ ...shop, ...store }, [fileOf(person)], at);
const soft = { buyersWithoutOptIn: 'softOptIn', softOptInCountries: ['GB', 'CA', 'CN'] } as const;

describe('consent by jurisdiction', () => {
  it('an express yes holds everywhere and has no end', () => {
    for (const country of ['CA', 'CN', 'DE', 'GB', 'US'])
      expect(ask({ country, consent: {} }, {}, start + days(4_000))).toEqual({ may: true, because: 'express-consent' });
  });

  it('in Canada a purchase implies consent for two years, not an instant longer, and a new order begins them anew', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: days(2_000) }), fc.boolean(), (age, stated) => {
        const lastAt = now - age;
        const person = { country: 'CA', lastAt, ...(stated ? { consent: { basis: 'implied' as const } } : {}) };
        const said = ask(person, soft);
        if (age < impliedConsentMs)
          expect(said).toEqual({ may: true, because: 'implied-consent', until: lastAt + impliedConsentMs });
        else expect(said).toEqual({ may: false, because: 'implied-ended' });
        if (said.may && said.until !== undefined) {
          expect(ask(person, soft, said.until - 1).may).toBe(true);
          expect(ask(person, soft, said.until).may).toBe(false);
        }
      }),
    );
  });

  it('in China nothing but an express yes will do, whatever the store lists', () => {
    expect(ask({ country: 'CN', lastAt: now }, soft)).toEqual({ may: false, because: 'express-needed' });
    expect(ask({ country: 'CN', lastAt: now, consent: { basis: 'soft' } })).toMatchObject({
      because: 'express-needed',
    });
    expect(ask({ country: 'CN', consent: {} }).may).toBe(true);
  });

  it('the soft opt-in covers buyers of the countries listed, and nobody who did not buy', () => {
    expect(ask({ country: 'GB', lastAt: now }, soft)).toEqual({ may: true, because: 'soft-opt-in' });
    expect(ask({ country: 'FR', lastAt: now }, soft)).toEqual({ may: false, because: 'never-asked' });
    expect(ask({ country: 'GB' }, soft)).toEqual({ may: false, because: 'never-asked' });
    expect(ask({ lastAt: now }, soft)).toEqual({ may: false, because: 'never-asked' });
  });

  it('opt-out is for buyers in the United States alone', () => {
    const optOut = { buyersWithoutOptIn: 'optOut' } as const;
    expect(ask({ country: 'US', lastAt: now }, optOut)).toEqual({ may: true, because: 'opt-out-country' });
    for (const country of ['CA', 'CN', 'DE', 'GB']) expect(ask({ country, lastAt: now }, optOut).may).toBe(false);
  });

  it('an implied yes is none where the law asks for more', () => {
    expect(ask({ country: 'DE', lastAt: now, consent: { basis: 'implied' } })).toMatchObject({ may: false });
    expect(ask({ country: 'US', lastAt: now, consent: { basis: 'implied' } })).toMatchObject({ may: true });
  });
});

describe('who said what', () => {
  it('a yes that waits for its confirmation is none yet', () => {
    expect(ask({ country: 'DE', consent: { state: 'pending' } })).toEqual({ may: false, because: 'unconfirmed' });
  });

  it('an opt-out counts until a later dated yes', () => {
    expect(ask({ consent: {}, contact: { optedOutAt: start } })).toEqual({ may: false, because: 'opted-out' });
    expect(ask({ consent: { at: start + 1 }, contact: { optedOutAt: start } }).may).toBe(true);
    expect(ask({ contact: { optedOutAt: start }, country: 'GB', lastAt: now }, soft)).toMatchObject({ may: false });
  });

  it('after a complaint only a new yes confirmed by mail counts', () => {
    const contact = { complainedAt: start, optedOutAt: start };
    expect(ask({ consent: { at: start + 1 }, contact })).toEqual({ may: false, because: 'complained' });
    expect(ask({ consent: { at: start - 1, confirmed: true }, contact })).toMatchObject({ may: false });
    expect(ask({ consent: { at: start + 1, confirmed: true }, contact })).toEqual({
      may: true,
      because: 'confirmed-consent',
    });
  });

  const anyPerson: fc.Arbitrary<Person> = fc.record(
    {
      country: fc.constantFrom('CA', 'CN', 'DE', 'GB', 'US'),
      lastAt: fc.integer({ min: now - days(1_000), max: now }),
      consent: fc.record({
        state: fc.constantFrom('granted', 'pending', 'withdrawn'),
        basis: fc.constantFrom('express', 'soft', 'implied'),
        confirmed: fc.boolean(),
        at: fc.integer({ min: start, max: now }),
      }),
      contact: fc.record(
        {
          optedOutAt: fc.integer({ min: start, max: now }),
          complainedAt: fc.integer({ min: start, max: now }),
        },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  );

  it('of people merged the strictest wins: nobody is mailed whom one of their statements forbids', () => {
    fc.assert(
      fc.property(anyPerson, anyPerson, (a, b) => {
        const store = { ...shop, ...soft };
        // One country and one last order for both: what differs is what they said.
        const [first, second] = [fileOf(a), fileOf({ ...b, country: a.country ?? 'GB', lastAt: a.lastAt })];
        const said = mayMail(store, [first, second], now);
        for (const file of [first, second]) {
          const spoke = file.customer.consent !== undefined || file.contact.optedOutAt !== undefined;
          if (said.may && spoke) expect(consentStands(file.customer.consent, file.contact)).toBe(true);
        }
        expect(mayMail(store, [second, first], now).may).toBe(said.may);
        expect(permissionWords(said)).not.toBe('');
      }),
    );
  });

  it('the latest dated statement wins in any order of arrival', () => {
    const claims = fc.array(
      fc.record({
        state: fc.constantFrom('granted', 'withdrawn'),
        at: fc.integer({ min: 0, max: 20 }),
        basis: fc.constant('express' as const),
        source: fc.constant('x'),
      }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(claims, (told) => {
        const fold = (list: typeof told) =>
          list
            .map((claim) => statementOf(claim, now))
            .reduce<ConsentState | undefined>((known, said) => foldConsent(known, said), undefined);
        expect(fold([...told].reverse())).toEqual(fold(told));
        expect(fold([...told, ...told])).toEqual(fold(told));
      }),
    );
  });

  it("the shop's own double opt-in is a confirmed yes", () => {
    const payload = (level: string) => ({
      email_marketing_consent: {
        state: 'subscribed',
        opt_in_level: level,
        consent_updated_at: '2025-01-01T00:00:00Z',
      },
      accepts_marketing: undefined,
      accepts_marketing_updated_at: undefined,
    });
    expect(customerConsent(payload('confirmed_opt_in'), now, now)).toMatchObject({ state: 'granted', confirmed: true });
    expect(customerConsent(payload('single_opt_in'), now, now)).not.toHaveProperty('confirmed');
  });
});

describe('the subject', () => {
  it('begins with 广告 or AD in China, by the reader’s language, and is left alone elsewhere', () => {
    expect(labelled('Hello', { country: 'CN', locale: 'zh-CN' })).toBe('广告 Hello');
    expect(labelled('Hello', { country: 'CN' })).toBe('广告 Hello');
    expect(labelled('Hello', { country: 'CN', locale: 'en-GB' })).toBe('AD Hello');
    expect(labelled('Hello', { country: 'TW', locale: 'zh-TW' })).toBe('Hello');
    expect(labelled('Hello', {})).toBe('Hello');
  });
});
