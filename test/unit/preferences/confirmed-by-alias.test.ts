import { describe, expect, it } from 'vitest';
import { consentNews } from '../../../shared/domain/consent/consent-news.ts';
import type { ConsentFile } from '../../../shared/domain/consent/fold-consent.ts';
import { mayMail } from '../../../shared/domain/consent/may-mail.ts';
import { answersOfAliases } from '../../../shared/domain/consent/same-mailbox.ts';
import { type Contact, noContact } from '../../../shared/domain/customers/contact.ts';
import type { ConsentState } from '../../../shared/domain/customers/customer.ts';
import type { CustomerSnapshot } from '../../../shared/domain/customers/profile.ts';
import { days, hours, minutes } from '../../../shared/domain/time.ts';
import { start } from '../../support/customers.ts';
import { sampleCustomer } from '../../support/samples.ts';
import { anOrder, makeWorld, shop } from '../../support/world.ts';
import { visitPage } from './page-visit.ts';

const mailbox = 'greta@example.de';
const greta = { externalId: 'c-2', email: mailbox, country: 'DE', firstName: 'Greta' } as const;
const yesAt = (at: number) => ({ state: 'granted', at, basis: 'express', source: 'form' }) as const;

/** A shop that asks Germans to confirm, one of whom has an account without an address. */
const withAccount = async () => {
  const world = await makeWorld({ store: { doubleOptIn: ['DE'], activeCampaigns: ['welcome'] } });
  const tell = (eventId: string, customer: CustomerSnapshot) =>
    world.event({
      ...{ store: 'demo', source: 'standard', eventId, at: world.now() },
      body: { type: 'customer', customer },
    });
  await tell('e-1', { externalId: 'c-1', country: 'DE' });
  return { world, tell };
};

/**
 * Greta has an account without an address, signs up for mail with another, and is asked to confirm. Before she answers, the
 * two become one, and the account she was not asked with is the older one.
 */
const askedAndMerged = async (kept: Partial<CustomerSnapshot>) => {
  const { world, tell } = await withAccount();
  await world.advanceTo(start + hours(1));
  await tell('e-2', { ...greta, consent: yesAt(start + hours(1)) });
  await world.advanceTo(start + hours(1) + minutes(5));
  const token = /\/confirm\/(\S+)/.exec(world.mails[0]?.text ?? '')?.[1] ?? 'none';
  await tell('e-3', { externalId: 'c-1', country: 'DE', ...kept });
  await world.event({
    ...{ store: 'demo', source: 'standard', eventId: 'm-1', at: world.now() },
    body: { type: 'merge', keepExternalId: 'c-1', loseExternalId: 'c-2' },
  });
  const [root, alias] = await Promise.all(['standard:c-1', 'standard:c-2'].map(world.customerOf));
  expect(alias?.customer).toMatchObject({ consent: { state: 'pending' }, mergedInto: root?.customer?.customerId });
  return {
    world,
    alias: alias?.customer?.customerId ?? '',
    root: async () => (await world.customerOf('standard:c-1')) ?? expect.fail('c-1 is unknown'),
    confirm: async (at: number) => {
      await world.advanceTo(at);
      expect((await visitPage(world.deps, 'confirm', token, { now: at, post: '' })).statusCode).toBe(200);
      await world.settle();
    },
    /** Who was mailed after an order. */
    mailed: async (consent?: CustomerSnapshot['consent']) => {
      const at = world.now();
      const customer = { externalId: 'c-1', ...(consent && { consent }) };
      await world.order(anOrder({ orderId: 'o-1', placedAt: at, customer }));
      await world.advanceTo(at + days(12));
      return world.mails.map(({ tags, to }) => [tags['campaign'], to]);
    },
  };
};
const asked = ['consent-confirmation', mailbox] as const;
const welcomed = ['welcome', mailbox] as const;

describe('a confirmation that comes after the account was merged away', () => {
  it('counts for the customer who was kept: the mailbox is the same', async () => {
    const { root, confirm, mailed } = await askedAndMerged({ email: mailbox });
    await confirm(start + hours(3));
    const { customer, consents } = await root();
    expect(customer?.consent).toMatchObject({ state: 'granted', confirmed: true, at: start + hours(3) });
    expect(consents.map(({ source, state }) => [source, state])).toEqual([['double-opt-in', 'granted']]);
    expect(await mailed()).toEqual([asked, welcomed]);
  });

  it('is folded once, however often it is posted and looked at', async () => {
    const { world, root, confirm } = await askedAndMerged({ email: mailbox });
    await confirm(start + hours(3));
    const { version } = (await root()).customer ?? {};
    await confirm(start + hours(3));
    expect((await root()).customer?.version).toBe(version);
    expect((await world.customerOf('standard:c-1'))?.consents).toHaveLength(1);
  });

  it('says nothing about another mailbox: that one is asked itself', async () => {
    const { root, confirm, mailed } = await askedAndMerged({ email: 'other@example.de' });
    await confirm(start + hours(3));
    expect((await root()).customer?.consent).toBeUndefined();
    expect(await mailed()).toEqual([asked]);
  });

  it('does not overrule a later withdrawal, whichever account it was given with', async () => {
    for (const whose of ['alias', 'root'] as const) {
      const { world, root, alias, confirm, mailed } = await askedAndMerged({ email: mailbox });
      await confirm(start + hours(3));
      const id = whose === 'alias' ? alias : ((await root()).customer?.customerId ?? '');
      await world.deps.customers.restrictContact('demo', id, { optedOutAt: start + hours(4) });
      expect([whose, await mailed()]).toEqual([whose, [asked]]);
    }
  });

  it('does not confirm a yes after an opt-out under either account: they are asked again', async () => {
    for (const whose of ['alias', 'root'] as const) {
      const { world, root, alias, confirm, mailed } = await askedAndMerged({ email: mailbox });
      await confirm(start + hours(3));
      const id = whose === 'alias' ? alias : ((await root()).customer?.customerId ?? '');
      await world.deps.customers.restrictContact('demo', id, { optedOutAt: start + hours(4) });
      await world.advanceTo(start + days(9));
      expect([whose, await mailed(yesAt(world.now()))]).toEqual([whose, [asked, asked]]);
      expect((await root()).customer?.consent?.state).toBe('pending');
    }
  });

  it('leaves nobody asked again who says yes anew from the same mailbox', async () => {
    const { world, confirm, mailed } = await askedAndMerged({ email: mailbox });
    await confirm(start + hours(3));
    expect(await mailed(yesAt(world.now()))).toEqual([asked, welcomed]);
  });
});

describe('a question that nobody answers', () => {
  it('does not silence the kept customer for ever: their own confirmation from the same mailbox answers it', async () => {
    const { world, root, mailed } = await askedAndMerged({ email: mailbox });
    const at = start + days(8);
    await world.advanceTo(at);
    await world.event({
      ...{ store: 'demo', source: 'standard', eventId: 'e-9', at },
      body: { type: 'customer', customer: { externalId: 'c-1', consent: yesAt(at) } },
    });
    await world.advanceTo(at + minutes(5));
    const token = /\/confirm\/(\S+)/.exec(world.mails[1]?.text ?? '')?.[1] ?? 'none';
    await visitPage(world.deps, 'confirm', token, { now: at + hours(1), post: '' });
    await world.settle();
    expect((await root()).customer?.consent).toMatchObject({ state: 'granted', confirmed: true });
    expect(await mailed()).toEqual([asked, asked, welcomed]);
  });

  it('is answered for the family only by what came after it, from a mailbox that is known', () => {
    const pending = { state: 'pending', at: 5, basis: 'express', statement: 's' } as const;
    const alias = (confirmedAt: number, email?: string) => ({
      customer: { ...sampleCustomer({ consent: pending }), profile: email === undefined ? {} : { email } },
      contact: { ...noContact, confirmed: { statement: 's', at: confirmedAt } },
    });
    expect(answersOfAliases([alias(6, mailbox)], mailbox)).toEqual([{ statement: 's', at: 6 }]);
    expect(answersOfAliases([alias(4, mailbox)], mailbox)).toEqual([]);
    expect(answersOfAliases([alias(6, mailbox)], 'other@example.de')).toEqual([]);
    expect(answersOfAliases([alias(6)], undefined)).toEqual([]);
  });
});

describe('several accounts of one mailbox', () => {
  const file = (consent: ConsentState | undefined, contact: Partial<Contact> = {}) => {
    const { consent: _, ...silent } = sampleCustomer();
    return {
      customer: { ...silent, profile: { email: mailbox, country: 'DE' }, ...(consent && { consent }) },
      contact: { ...noContact, ...contact },
    };
  };
  const pending = { state: 'pending', at: start, basis: 'express', statement: 's' } as const;
  const answered = (at: number) => file(pending, { confirmed: { statement: `s-${at}`, at } });

  it('are folded by the date of their answers, in whatever order they are read', () => {
    const { customer, contact } = file(undefined);
    const look = (aliasFiles: readonly ConsentFile[]) =>
      consentNews(
        { ...{ store: shop, customer, contact, aliasFiles, now: start + 9 }, arrivals: [] },
        customer.profile,
      );
    const [one, other] = [answered(start + 2), answered(start + 1)];
    const news = look([one, other]);
    expect(news).toEqual(look([other, one]));
    expect(news.statements.map(({ at }) => at)).toEqual([start + 1, start + 2]);
    expect(news.consent).toMatchObject({ state: 'granted', confirmed: true, at: start + 2 });
  });

  it('wait together while none has answered, whether or not each said something', () => {
    const files = [file(undefined), file(pending)];
    expect(mayMail(shop, files, start)).toEqual({ may: false, because: 'unconfirmed' });
    const yes = { state: 'granted', at: start, basis: 'express', statement: 's', confirmed: true } as const;
    expect(mayMail(shop, [...files, file(yes)], start)).toMatchObject({ may: true });
    expect(mayMail(shop, [...files, file({ ...yes, at: start - 1 })], start)).toMatchObject({ may: false });
  });
});

describe('a yes that an alias had confirmed before', () => {
  it('stands for the same mailbox: who says yes again with the other account is not asked', async () => {
    const { world, tell } = await withAccount();
    await world.advanceTo(start + hours(1));
    await tell('e-2', { ...greta, consent: { ...yesAt(start), confirmed: true } });
    await tell('e-3', { externalId: 'c-1', email: mailbox });
    await tell('e-4', { externalId: 'c-1', consent: yesAt(start + hours(1)) });
    expect((await world.customerOf('standard:c-1'))?.customer?.consent).toMatchObject({
      ...{ state: 'granted', confirmed: true },
    });
    await world.advanceTo(start + days(1));
    expect(world.mails).toEqual([]);
  });
});
