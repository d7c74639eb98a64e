import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { days } from '../../shared/domain/time.ts';
import { type LocalRun, startLocalRun } from './support/local-run.ts';
import { buy, campaignsSentTo, mailedPerson, orderOf, type Person, personWhere } from './support/people.ts';

let run: LocalRun;
beforeAll(async () => {
  run = await startLocalRun();
}, 120_000);
afterAll(async () => {
  expect(await run.stop()).toBe(0);
});

/** Days between an instant and the one mail of a campaign. */
const daysUntil = async (person: Person, campaign: string, since: number): Promise<number> => {
  const mails = await run.inbox({ to: person.email, campaign });
  expect(mails).toHaveLength(1);
  return (Date.parse(mails[0]?.at ?? '') - since) / days(1);
};

describe('each campaign reaches the right inbox at the right virtual day', () => {
  it('welcome: a week after the first order', async () => {
    const person = mailedPerson();
    const at = await run.now();
    expect(await buy(run, person, '1')).toMatchObject({ status: 202, body: { status: 'accepted' } });
    await run.advance('P6D');
    expect(await campaignsSentTo(run, person)).toEqual([]);
    await run.advance('P2D');
    const after = await daysUntil(person, 'welcome', at);
    expect(after).toBeGreaterThanOrEqual(7);
    expect(after).toBeLessThan(8);
  });

  it('upsell: ten days after the second order; loyalty reward: a day after the fourth, with its code', async () => {
    const person = mailedPerson();
    await buy(run, person, '1');
    await run.advance('P20D');
    const second = await run.now();
    await buy(run, person, '2');
    await run.advance('P11D');
    const upsell = await daysUntil(person, 'upsell', second);
    expect(upsell).toBeGreaterThanOrEqual(10);
    expect(upsell).toBeLessThan(11);
    await buy(run, person, '3');
    await run.advance('P20D');
    const fourth = await run.now();
    await buy(run, person, '4');
    await run.advance('P2D');
    const reward = await daysUntil(person, 'loyalty-reward', fourth);
    expect(reward).toBeGreaterThanOrEqual(1);
    expect(reward).toBeLessThan(2);
    const [mail] = await run.inbox({ to: person.email, campaign: 'loyalty-reward' });
    const { body } = await run.admin('/v1/store?store=demo');
    const code = Object.values((body as { rewardCodes: Record<string, string> }).rewardCodes)[0] ?? 'no code';
    expect(mail?.text).toContain(code);
  });

  it('rescue at 94 days of silence, win-back at 185, by day and for repeat customers', async () => {
    const person = mailedPerson();
    await buy(run, person, '1');
    await run.advance('P10D');
    const last = await run.now();
    await buy(run, person, '2');
    await run.advance('P93D');
    expect(await campaignsSentTo(run, person)).not.toContain('rescue');
    await run.advance('P3D');
    const rescued = await daysUntil(person, 'rescue', last);
    expect(rescued).toBeGreaterThanOrEqual(94);
    expect(rescued).toBeLessThan(95);
    await run.advance('P91D');
    const wonBack = await daysUntil(person, 'win-back', last);
    expect(wonBack).toBeGreaterThanOrEqual(185);
    expect(wonBack).toBeLessThan(186);
    const hour = new Date((await run.inbox({ to: person.email, campaign: 'rescue' }))[0]?.at ?? '').toLocaleString(
      'en-GB',
      { hour: 'numeric', timeZone: 'Europe/London' },
    );
    expect(Number(hour)).toBeGreaterThanOrEqual(10);
    expect(Number(hour)).toBeLessThan(20);
  });

  it('lead nurture: a day after somebody signs up without ordering', async () => {
    const person = mailedPerson();
    const at = await run.now();
    await run.standard('customer.updated', {
      ...person,
      consent: { email: 'granted', at: new Date(at).toISOString(), source: 'newsletter form' },
    });
    await run.advance('P3D');
    const after = await daysUntil(person, 'lead-nurture', at);
    expect(after).toBeGreaterThanOrEqual(1);
    expect(after).toBeLessThan(2);
  });
});

describe('what must not be mailed is not', () => {
  it('the held-out get nothing, and the timeline says why', async () => {
    const person = personWhere((arms) => arms['welcome'] === 'held-out');
    await buy(run, person, '1');
    await run.advance('P9D');
    expect(await campaignsSentTo(run, person)).toEqual([]);
    const found = (await run.admin(`/v1/customers?store=demo&externalId=standard:${person.id}`)).body as {
      items: { id: string }[];
    };
    const { body } = await run.admin(`/v1/customers/${found.items[0]?.id}/timeline?store=demo`);
    expect((body as { items: object[] }).items).toContainEqual(
      expect.objectContaining({ campaign: 'welcome', reason: 'holdout' }),
    );
  });

  it('one-click unsubscribe from the mail itself: then nothing more', async () => {
    const person = mailedPerson();
    await buy(run, person, '1');
    await run.advance('P8D');
    const [mail] = await run.inbox({ to: person.email });
    const raw = String(await run.control(`/inbox/${mail?.id}/raw`));
    expect(raw).toMatch(/^List-Unsubscribe: <http[^\r\n]+>\r?$/m);
    expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m);
    const link = /<(.+)>/.exec(mail?.headers['List-Unsubscribe'] ?? '')?.[1] ?? '';
    expect((await fetch(link)).status).toBe(200);
    for (const _again of [1, 2]) {
      const answer = await fetch(link, {
        method: 'POST',
        body: 'List-Unsubscribe=One-Click',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      expect(answer.status).toBe(200);
    }
    await run.advance('P5D');
    await buy(run, person, '2', { customer: person });
    await run.advance('P200D');
    expect(await campaignsSentTo(run, person)).toEqual(['welcome']);
  });

  it('a hard bounce: then nothing more', async () => {
    const person = mailedPerson();
    await buy(run, person, '1');
    await run.advance('P8D');
    const [mail] = await run.inbox({ to: person.email });
    await run.control('/mail-events', { messageId: mail?.id, type: 'bounce' });
    await run.idle();
    await buy(run, person, '2');
    await run.advance('P200D');
    expect(await campaignsSentTo(run, person)).toEqual(['welcome']);
  });

  it('a complaint: then nothing more, even with a new opt-in at checkout', async () => {
    const person = mailedPerson();
    await buy(run, person, '1');
    await run.advance('P8D');
    const [mail] = await run.inbox({ to: person.email });
    await run.control('/mail-events', { messageId: mail?.id, type: 'complaint' });
    await run.idle();
    await buy(run, person, '2');
    await run.advance('P120D');
    expect(await campaignsSentTo(run, person)).toEqual(['welcome']);
  });

  it('old orders sent again by webhook fire nothing', async () => {
    const person = mailedPerson();
    const now = await run.now();
    for (const age of [400, 300, 20]) {
      await run.standard(
        'order.updated',
        orderOf(person, `${person.id}-old-${age}`, now - days(age), { updatedAt: new Date(now).toISOString() }),
      );
    }
    await run.advance('P15D');
    expect(await campaignsSentTo(run, person)).toEqual([]);
  });
});

describe('duplicate, stale and out-of-order webhooks change nothing', () => {
  const standing = async (person: Person) => {
    await run.idle();
    const { body } = await run.admin(`/v1/customers?store=demo&externalId=standard:${person.id}`);
    const id = (body as { items: { id: string }[] }).items[0]?.id;
    return (await run.admin(`/v1/customers/${id}?store=demo`)).body as {
      stage: string;
      visit: number;
      facts: Record<string, unknown>;
    };
  };

  it('the same order five times is one order', async () => {
    const person = mailedPerson();
    const at = await run.now();
    const answers = [];
    for (let n = 0; n < 5; n++)
      answers.push(await run.standard('order.created', orderOf(person, `${person.id}-1`, at)));
    expect(answers.map(({ body }) => (body as { status: string }).status)).toEqual([
      'accepted',
      'ignored',
      'ignored',
      'ignored',
      'ignored',
    ]);
    expect((await standing(person)).facts['orders']).toBe(1);
  });

  it('a late version of an order that was refunded since is ignored', async () => {
    const person = mailedPerson();
    const at = await run.now();
    const later = new Date(at + 60_000).toISOString();
    await run.standard(
      'order.refunded',
      orderOf(person, `${person.id}-1`, at, { status: 'refunded', refunded: '48.00', updatedAt: later }),
    );
    const before = await standing(person);
    expect(await run.standard('order.created', orderOf(person, `${person.id}-1`, at))).toMatchObject({
      status: 202,
      body: { status: 'ignored', reason: 'stale' },
    });
    expect(await standing(person)).toEqual({ ...before, facts: expect.anything() });
    expect(before.facts['orders']).toBe(0);
  });

  it('any order of arrival gives the same standing', async () => {
    const at = await run.now();
    const standings = [];
    for (const arrival of [
      [0, 1, 2],
      [2, 0, 1],
      [1, 2, 0],
    ]) {
      const person = mailedPerson();
      const orders = [40, 20, 0].map((age, n) => orderOf(person, `${person.id}-${n}`, at - days(age)));
      for (const n of arrival) await run.standard('order.created', orders[n]);
      const { stage, facts } = await standing(person);
      standings.push({ stage, orders: facts['orders'], revenue: facts['revenue'], last: facts['lastOrder.at'] });
    }
    expect(standings[1]).toEqual(standings[0]);
    expect(standings[2]).toEqual(standings[0]);
    expect(standings[0]).toMatchObject({ stage: 'active', orders: 3 });
  });
});

describe('two campaigns due together', () => {
  it('send one: two accounts of one person, a welcome and a hello due on the same day', async () => {
    const account = mailedPerson();
    const other = mailedPerson();
    await buy(run, account, '1');
    await run.advance('P6D');
    const at = new Date(await run.now()).toISOString();
    const consent = { email: 'granted', at, source: 'newsletter form' };
    await run.standard('customer.updated', { ...other, consent });
    await run.idle();
    // The account changes its address to the one that signed up: the two are one person from now on.
    await run.standard('customer.updated', { ...account, email: other.email });
    await run.advance('P3D');
    const mails = [...(await run.inbox({ to: account.email })), ...(await run.inbox({ to: other.email }))];
    expect(mails.map(({ tags }) => tags['campaign'])).toEqual(['welcome']);
  });

  it('and over everything sent here nobody got two mails within twenty hours, or one at night', async () => {
    const byPerson = Map.groupBy(await run.inbox({}), ({ to }) => to);
    expect(byPerson.size).toBeGreaterThan(5);
    for (const [, sent] of byPerson) {
      const times = sent.map((mail) => Date.parse(mail.at)).sort((a, b) => a - b);
      for (let n = 1; n < times.length; n++) {
        expect((times[n] ?? 0) - (times[n - 1] ?? 0)).toBeGreaterThanOrEqual(20 * 3_600_000);
      }
      for (const time of times) {
        const hour = Number(
          new Date(time).toLocaleString('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: 'Europe/London' }),
        );
        expect(hour >= 8 && hour < 21, new Date(time).toISOString()).toBe(true);
      }
    }
  });
});
