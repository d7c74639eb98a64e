import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confirmWords } from '../../../functions/preferences/confirm/confirm-words.ts';
import { pageWords } from '../../../functions/unsubscribe/page-words.ts';
import { mintConfirmationToken, readConfirmationToken } from '../../../shared/domain/consent/confirmation-token.ts';
import { confirmWithinMs, statementUnder } from '../../../shared/domain/consent/double-opt-in.ts';
import { mayMail } from '../../../shared/domain/consent/may-mail.ts';
import { noContact } from '../../../shared/domain/customers/contact.ts';
import type { CustomerSnapshot } from '../../../shared/domain/customers/profile.ts';
import { days, hours, minutes } from '../../../shared/domain/time.ts';
import { start } from '../../support/customers.ts';
import { ada, anOrder, makeWorld } from '../../support/world.ts';
import { key, visitPage } from './page-visit.ts';

const greta = (at = start): CustomerSnapshot => ({
  ...ada,
  country: 'DE',
  consent: { state: 'granted', at, basis: 'express', source: 'form' },
});

/** Greta from Germany leaves her address; the store asks Germans to confirm. */
const signedUp = async (at = start, change = {}) => {
  const world = await makeWorld({ store: { doubleOptIn: ['DE', 'AT'] } });
  await world.event({
    ...{ store: 'demo', source: 'standard', eventId: 'e1', at },
    body: { type: 'customer', customer: { ...greta(at), ...change } },
  });
  return { world, file: async () => world.customerOf('standard:c-1') };
};

const linkIn = (text: string): string => /\/confirm\/(\S+)/.exec(text)?.[1] ?? 'none';

describe('double opt-in', () => {
  it('a yes from a country that asks for it waits, and one plain mail asks for the confirmation', async () => {
    const { world, file } = await signedUp();
    await world.advanceTo(start + minutes(5));
    expect((await file())?.customer?.consent).toMatchObject({ state: 'pending', at: start });
    expect(world.mails.map(({ tags }) => tags['campaign'])).toEqual(['consent-confirmation']);
    const [mail] = world.mails;
    expect(mail?.subject).toBe('Bitte bestätigen Sie Ihre E-Mail-Adresse');
    expect(mail?.text).toContain('https://api.example/confirm/');
    // Nothing that advertises: no link but to our own pages.
    expect(`${mail?.html}${mail?.text}`).not.toContain('harbour.example');
  });

  it('goes out at night too, and asks once however often it is said', async () => {
    const night = start + hours(14);
    const { world } = await signedUp(night);
    for (const [n, at] of [night + 1, night + 2].entries())
      await world.event({
        ...{ store: 'demo', source: 'standard', eventId: `again-${n}`, at },
        body: { type: 'customer', customer: greta(night) },
      });
    await world.advanceTo(night + hours(1));
    expect(world.mails).toHaveLength(1);
  });

  it('opening the link changes nothing; posting it confirms, dated by the post, and the first campaign may begin', async () => {
    const { world, file } = await signedUp();
    await world.advanceTo(start + minutes(5));
    const token = linkIn(world.mails[0]?.text ?? '');
    const now = start + hours(2);
    await world.advanceTo(now);
    for (let scan = 0; scan < 3; scan += 1)
      expect((await visitPage(world.deps, 'confirm', token, { now })).statusCode).toBe(200);
    await world.settle();
    expect((await file())?.customer?.consent?.state).toBe('pending');
    const answered = await visitPage(world.deps, 'confirm', token, { now, post: '' });
    expect(answered.statusCode).toBe(200);
    await world.settle();
    const after = await file();
    expect(after?.customer?.consent).toMatchObject({ state: 'granted', basis: 'express', confirmed: true, at: now });
    expect(after?.consents.map(({ state, source }) => [state, source])).toEqual([
      ['pending', 'form'],
      ['granted', 'double-opt-in'],
    ]);
    if (after?.customer)
      expect(mayMail(world.store, [{ customer: after.customer, contact: after.contact }], now)).toEqual({
        may: true,
        because: 'confirmed-consent',
      });
    await world.advanceTo(now + days(3));
    expect(world.mails.map(({ tags }) => tags['campaign'])).toEqual(['consent-confirmation', 'lead-nurture']);
  });

  it('confirmed twice it is one statement of the first date', async () => {
    const { world, file } = await signedUp();
    await world.advanceTo(start + minutes(5));
    const token = linkIn(world.mails[0]?.text ?? '');
    for (const wait of [1, 1, 2])
      await visitPage(world.deps, 'confirm', token, { now: start + hours(wait), post: 'x=1' });
    await world.settle();
    const { consents = [] } = (await file()) ?? {};
    expect(consents.filter(({ confirmed }) => confirmed)).toHaveLength(1);
  });

  it('an order placed while the yes waits mails nothing but the question, and another yes does not confirm the first', async () => {
    const { world, file } = await signedUp();
    const at = start + hours(3);
    await world.advanceTo(at);
    await world.order(anOrder({ orderId: '1', placedAt: at, customer: greta(at) }));
    await world.advanceTo(start + days(20));
    expect((await file())?.customer?.consent?.state).toBe('pending');
    expect(new Set(world.mails.map(({ tags }) => tags['campaign']))).toEqual(new Set(['consent-confirmation']));
  });

  it('whoever unsubscribes before confirming is not asked', async () => {
    const { world, file } = await signedUp();
    const { customer } = (await file()) ?? {};
    await world.deps.customers.restrictContact('demo', customer?.customerId ?? '', { optedOutAt: start + 1 });
    await world.advanceTo(start + hours(1));
    expect(world.mails).toEqual([]);
    expect((await file())?.sends[0]?.state).toMatchObject({ status: 'skipped', reason: 'no-consent' });
  });

  it('nobody is asked about what was said long ago: an import mails nobody', async () => {
    const world = await makeWorld({ store: { doubleOptIn: 'always' } });
    const customer = greta(start - days(30));
    await world.order(anOrder({ orderId: '1', placedAt: start - days(30), updatedAt: start, customer }));
    await world.advanceTo(start + days(2));
    expect((await world.customerOf('standard:c-1'))?.customer?.consent?.state).toBe('pending');
    expect(world.mails).toEqual([]);
  });

  it('a first order brings its welcome once the yes is confirmed, and none without', async () => {
    for (const confirms of [true, false]) {
      const world = await makeWorld({ store: { doubleOptIn: ['DE'] } });
      await world.order(anOrder({ orderId: '1', placedAt: start, customer: greta() }));
      await world.advanceTo(start + days(1));
      const token = linkIn(world.mails[0]?.text ?? '');
      if (confirms) await visitPage(world.deps, 'confirm', token, { now: start + days(1), post: '' });
      await world.settle();
      await world.advanceTo(start + days(20));
      const sent = world.mails.map(({ tags }) => tags['campaign']);
      expect(sent).toEqual(['consent-confirmation', ...(confirms ? ['welcome'] : [])]);
    }
  });

  it("neither other countries nor the platform's own double opt-in are asked", async () => {
    const british = await signedUp(start, { country: 'GB' });
    expect((await british.file())?.customer?.consent?.state).toBe('granted');
    const confirmed = await signedUp(start, { consent: { ...greta().consent, confirmed: true } });
    expect((await confirmed.file())?.customer?.consent).toMatchObject({ state: 'granted', confirmed: true });
  });

  it('whoever says yes again while a question is out is not asked again', async () => {
    const { world, file } = await signedUp();
    await world.advanceTo(start + minutes(5));
    for (const day of [1, 2, 3]) {
      const at = start + days(day);
      await world.advanceTo(at);
      await world.order(anOrder({ orderId: String(day), placedAt: at, customer: greta(at) }));
    }
    await world.advanceTo(start + days(6));
    expect(world.mails).toHaveLength(1);
    await visitPage(world.deps, 'confirm', linkIn(world.mails[0]?.text ?? ''), { now: start + days(6), post: '' });
    await world.deps.react.enqueue([]);
    await world.settle();
    expect((await file())?.customer?.consent).toMatchObject({ state: 'granted', confirmed: true });
  });

  it('somebody whose consent stands stays confirmed and is asked nothing', () => {
    const consent = { state: 'granted', at: start, basis: 'express', statement: 's', confirmed: true } as const;
    const claim = { state: 'granted', at: start + days(1), basis: 'express', source: 'x' } as const;
    const situation = { store: { doubleOptIn: 'always' as const }, country: 'DE', consent, contact: noContact };
    expect(statementUnder(situation, claim, start)).toMatchObject({ state: 'granted', confirmed: true });
    const complained = { ...situation, contact: { ...noContact, complainedAt: start + 1, optedOutAt: start + 1 } };
    expect(statementUnder({ ...complained, store: {} }, claim, start)).toMatchObject({ state: 'pending' });
  });
});

describe('a confirmation link', () => {
  const anyConfirmation = fc.record({
    store: fc.stringMatching(/^[a-z0-9-]{1,20}$/),
    customerId: fc.stringMatching(/^[A-Za-z0-9_-]{22}$/),
    statement: fc.stringMatching(/^[A-Za-z0-9_-]{12}$/),
    issuedAt: fc.integer({ min: 0, max: 4_000_000_000 }).map((s) => s * 1_000),
  });

  it('says what was put into it for seven days, and not an instant longer', () => {
    fc.assert(
      fc.property(anyConfirmation, (confirmation) => {
        const token = mintConfirmationToken(confirmation, key);
        const until = confirmation.issuedAt + confirmWithinMs;
        expect(readConfirmationToken(token, key, until)).toEqual({ type: 'granted', confirmation });
        expect(readConfirmationToken(token, key, until + 1)).toEqual({ type: 'late' });
      }),
    );
  });

  it('is refused with any character changed, added or taken away, and under another key', () => {
    fc.assert(
      fc.property(
        anyConfirmation,
        fc.nat(),
        fc.constantFrom('A', 'b', '.', '', 'é', '=='),
        (confirmation, where, other) => {
          const token = mintConfirmationToken(confirmation, key);
          const at = where % token.length;
          const forged = token.slice(0, at) + other + token.slice(at + 1);
          const { issuedAt } = confirmation;
          if (
            forged !== token &&
            Buffer.from(forged.split('.')[1] ?? '', 'base64url').toString('base64url') !== token.split('.')[1]
          )
            expect(readConfirmationToken(forged, key, issuedAt).type).toBe('refused');
          expect(readConfirmationToken(token, new Uint8Array(32), issuedAt).type).toBe('refused');
        },
      ),
    );
    for (const text of ['', '.', 'a.b', 'x'.repeat(10_000), '..', 'e30.AAAA'])
      expect(readConfirmationToken(text, key, 0).type).toBe('refused');
  });

  it('is answered with a page in every language the unsubscribe page has, with 410 when late', async () => {
    expect(Object.keys(confirmWords).sort()).toEqual(Object.keys(pageWords).sort());
    const world = await makeWorld();
    for (const language of Object.keys(confirmWords)) {
      const { statusCode, body } = await visitPage(world.deps, 'confirm', 'x.y', { now: start, language });
      expect(statusCode).toBe(410);
      expect(body).toContain(`<html lang="${language}"`);
    }
  });
});
