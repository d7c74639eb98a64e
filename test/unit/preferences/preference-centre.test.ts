import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseWords } from '../../../functions/preferences/choose/choose-words.ts';
import { pageWords } from '../../../functions/unsubscribe/page-words.ts';
import { preferencesAfter, topicStatements } from '../../../shared/domain/consent/preferences.ts';
import { days, hours } from '../../../shared/domain/time.ts';
import { start } from '../../support/customers.ts';
import { anOrder, makeWorld } from '../../support/world.ts';
import { tokenOf, visitPage } from './page-visit.ts';

const topics = ['offers', 'news', 'loyalty & <b>more</b>'];
const opened = async () => {
  const world = await makeWorld({ store: { topics } });
  await world.order(anOrder({ orderId: '1', placedAt: start }));
  const file = async () => {
    const found = await world.customerOf('standard:c-1');
    if (found?.customer === undefined) throw new Error('nobody there');
    return { ...found, customer: found.customer };
  };
  const token = tokenOf((await file()).customer.customerId);
  const visit = (options: Omit<Parameters<typeof visitPage>[3], 'now'> & { now?: number }) =>
    visitPage(world.deps, 'preferences', token, { now: start + hours(1), ...options });
  return { world, file, visit };
};

describe('the preference centre', () => {
  it('shows the topics as they stand, without a script, and escapes the words of the shop', async () => {
    const { visit } = await opened();
    const { statusCode, body, headers } = await visit({});
    expect(statusCode).toBe(200);
    expect(body.match(/type="checkbox" name="topic"[^>]* checked/g)).toHaveLength(3);
    expect(body).not.toContain('<b>more</b>');
    expect(body).not.toMatch(/<script|<img|<link|https?:|\son\w+=/i);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
  });

  it('opening it changes nothing; what is posted is kept, one dated statement for each topic that changed', async () => {
    const { visit, file } = await opened();
    const before = (await file()).contact;
    await visit({});
    expect((await file()).contact).toEqual(before);
    const saved = await visit({ post: 'topic=news&pace=monthly&do=save' });
    expect(saved.statusCode).toBe(200);
    const { contact, consents } = await file();
    expect(contact).toMatchObject({ topicsOff: ['offers', 'loyalty & <b>more</b>'], monthlySince: start + hours(1) });
    expect(contact.version).toBe(before.version + 1);
    expect(
      consents
        .filter(({ source }) => source === 'preferences')
        .map(({ purpose, state }) => [purpose, state])
        .sort(),
    ).toEqual([
      ['topic:loyalty & <b>more</b>', 'withdrawn'],
      ['topic:offers', 'withdrawn'],
    ]);
    const shown = (await visit({ language: 'de' })).body;
    expect(shown).toContain('lang="de"');
    expect(shown.match(/ checked/g)).toHaveLength(2);
  });

  it('takes a body that came base64, and everything back again', async () => {
    const { visit, file } = await opened();
    await visit({ post: 'do=save', base64: true });
    expect((await file()).contact.topicsOff).toEqual(topics);
    const all = topics.map((topic) => `topic=${encodeURIComponent(topic)}`).join('&');
    await visit({ post: `${all}&do=save`, base64: true, now: start + hours(2) });
    const { contact } = await file();
    expect(contact.topicsOff).toEqual([]);
    expect(contact).not.toHaveProperty('monthlySince');
  });

  it('stop all opts out as the unsubscribe link does', async () => {
    const { visit, file } = await opened();
    expect((await visit({ post: 'do=stop&topic=news' })).statusCode).toBe(200);
    const { contact, consents } = await file();
    expect(contact.optedOutAt).toBe(start + hours(1));
    expect(consents).toContainEqual(
      expect.objectContaining({ purpose: 'marketing', state: 'withdrawn', source: 'preferences' }),
    );
  });

  it('whoever asked for less gets one mail in 30 days, whatever is due', async () => {
    const { world, visit, file } = await opened();
    await visit({ post: 'topic=news&pace=monthly&do=save' });
    // Mails every few days are due from now on; orders of others do not matter.
    const { customer } = await file();
    const sendOf = (n: number) => ({
      ...{ sendId: `s${n}`, store: 'demo', customerId: customer.customerId, campaign: 'rescue', campaignVersion: 1 },
      ...{
        step: 'all-well',
        template: 'rescue/all-well',
        occurrence: `o${n}`,
        class: 'marketing' as const,
        priority: 50,
      },
      ...{ byOwnAct: true, createdAt: start, plannedAt: start + days(5 * n), notAfterMs: days(400) },
      ...{ dueAt: start + days(5 * n), attempt: 0, version: 1, state: { status: 'pending' as const }, feedback: {} },
    });
    await world.deps.catalogue.put({ ...world.store, activeCampaigns: ['rescue'] });
    for (const n of [1, 2, 3, 4]) await world.deps.ledger.create(sendOf(n));
    await world.advanceTo(start + days(120));
    const sentAt = world.mails.map(({ at }) => at);
    for (const [n, at] of sentAt.entries())
      if (n > 0) expect(at - (sentAt[n - 1] ?? 0)).toBeGreaterThanOrEqual(days(30));
  });

  it('a link we did not make is nobody’s, and a fault asks to try again', async () => {
    const { world } = await opened();
    expect((await visitPage(world.deps, 'preferences', 'nonsense', { now: start, post: 'do=stop' })).statusCode).toBe(
      404,
    );
    const broken = { ...world.deps, secrets: { deploymentKey: () => Promise.reject(new Error('down')) } };
    const answered = await visitPage(broken, 'preferences', 'nonsense', { now: start });
    expect(answered).toMatchObject({ statusCode: 503, headers: { 'retry-after': '300' } });
  });

  it('speaks every language the unsubscribe page speaks', () => {
    expect(Object.keys(chooseWords).sort()).toEqual(Object.keys(pageWords).sort());
  });

  it('a choice stands as it was made: topics not offered stay, the same choice again says nothing new', () => {
    const some = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
    fc.assert(
      fc.property(some, some, some, fc.boolean(), (off, offered, wanted, monthly) => {
        const after = preferencesAfter({ topicsOff: off }, offered, { wanted, monthly }, 5);
        for (const topic of offered) expect(after.topicsOff.includes(topic)).toBe(!wanted.includes(topic));
        for (const topic of off) if (!offered.includes(topic)) expect(after.topicsOff).toContain(topic);
        expect(topicStatements(after, preferencesAfter(after, offered, { wanted, monthly }, 9), 9)).toEqual([]);
        expect(preferencesAfter(after, offered, { wanted, monthly }, 9)).toEqual(after);
      }),
    );
  });
});
