import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { moveOf } from '../../../infra/cli/commands/clock.ts';
import { tombstoneOf } from '../../../shared/domain/customers/tombstone.ts';
import { days } from '../../../shared/domain/time.ts';
import { cliScene } from './cli-scene.ts';

const address = 'bo@example.com';
const ordered = async () => {
  const scene = await cliScene();
  const answer = await scene.run(`order --as ${address} --total 59 --sku MUG-1 --first-name Bo --country GB --json`);
  return { scene, answer };
};

describe('order', () => {
  it('posts a signed order; a newcomer becomes new and a welcome is planned or held out', async () => {
    const { answer } = await ordered();
    expect(answer.code).toBe(0);
    const told = answer.json();
    expect(told).toMatchObject({ answer: { status: 'accepted' }, before: null, after: 'new', consents: true });
    const campaigns = [...told.planned.map((mail: { campaign: string }) => mail.campaign), ...told.heldOut];
    expect(campaigns).toContain('welcome');
  });

  it('says so in words', async () => {
    const scene = await cliScene();
    const { out } = await scene.run(`order --as ${address} --total 24.50`);
    expect(out).toContain('£24.50');
    expect(out).toMatch(/unknown so far {2}→ {2}new/);
    expect(out).toContain('--no-consent');
    expect(out).toContain(`explain ${address}`);
  });

  it('a second one moves the stage', async () => {
    const { scene } = await ordered();
    await scene.run('clock +30d');
    expect((await scene.run(`order --as ${address} --total 20 --json`)).json()).toMatchObject({
      before: 'new',
      after: 'active',
      consents: false,
    });
  });

  it('never undoes an unsubscription: only a newcomer says yes', async () => {
    const { scene, answer } = await ordered();
    const id = answer.json().customer;
    await scene.system.deps.customers.restrictContact('demo', id, { optedOutAt: scene.system.now() + 1 });
    await scene.run('clock +2d');
    await scene.run(`order --as ${address} --total 20`);
    const { consents } = await scene.system.deps.customers.load('demo', id, 'whole');
    expect(consents).toHaveLength(1);
    expect((await scene.run(`explain ${address}`)).out).toContain('No: they unsubscribed');
  });

  it('--no-consent leaves the newcomer without a statement', async () => {
    const scene = await cliScene();
    await scene.run(`order --as ${address} --total 20 --no-consent`);
    expect((await scene.run(`explain ${address} --json`)).json().consent).toBeNull();
  });
});

describe('clock', () => {
  it('moves on and shows the mails that went out meanwhile', async () => {
    const { scene } = await ordered();
    const from = scene.system.now();
    const { code, out } = await scene.run('clock +10d');
    expect(code).toBe(0);
    expect(scene.system.now()).toBe(from + days(10));
    const welcomes = scene.system.mails.filter((mail) => mail.to === address);
    if (welcomes.length === 0) expect(out).toContain('No mail went out');
    else expect(out).toContain(address);
    expect((await scene.run('clock +1d --json')).json().mails).toEqual([]);
  });

  it.each([
    ['+30d', { advance: 'P30D' }],
    ['+2w', { advance: 'P14D' }],
    ['+3h', { advance: 'PT3H' }],
    ['+15m', { advance: 'PT15M' }],
    ['2026-03-01', { to: '2026-03-01T00:00:00.000Z' }],
    ['2026-03-01T10:00:00+02:00', { to: '2026-03-01T08:00:00.000Z' }],
  ])('reads %s', (text, move) => expect(moveOf(text)).toEqual(move));

  it.each(['30d', '+d', '+1y', '2026-02-30', '+30d now', ''])('does not read "%s"', (text) => {
    expect(moveOf(text)).toBeUndefined();
  });
});

describe('explain', () => {
  it('by address, by our id: stage, rule, facts, next, consent and mails', async () => {
    const { scene, answer } = await ordered();
    await scene.run('clock +10d');
    for (const who of [address, 'BO@example.com', answer.json().customer]) {
      const { code, out } = await scene.run(`explain ${who}`);
      expect(code).toBe(0);
      expect(out).toContain(`${address} (Bo) is new since`);
      expect(out).toContain('no other stage holds');
      expect(out).toMatch(/one_time on .*94 days after the last order: orders <= 1 and silence > 75%/);
      expect(out).toContain('Yes: consent was given');
      expect(out).toMatch(/welcome\/\S+ +(sent|withheld \(holdout\))/);
      expect(out).toContain('£59.00  paid');
      expect(out).toContain('10 days ago');
    }
  });

  it('by the id their platform gave them', async () => {
    const { scene, answer } = await ordered();
    await scene.system.deps.identities.claim('demo', 'standard:c-7', answer.json().customer);
    expect((await scene.run('explain standard:c-7 --json')).json().id).toBe(answer.json().customer);
  });

  it('withheld mails come with their reason in words', async () => {
    const { scene, answer } = await ordered();
    const id = answer.json().customer;
    await scene.system.deps.customers.restrictContact('demo', id, { optedOutAt: scene.system.now() + 1 });
    await scene.run('clock +10d');
    expect((await scene.run(`explain ${address}`)).out).toMatch(
      /withheld \((no-consent|holdout)\) (there was no consent|kept without mail)/,
    );
  });

  it('an erased customer is said to be erased; nobody is nobody', async () => {
    const { scene, answer } = await ordered();
    const id = answer.json().customer;
    const { customer } = await scene.system.deps.customers.load('demo', id, 'whole');
    if (customer === undefined) throw new Error('the customer must be there');
    await scene.system.deps.customers.save(tombstoneOf(customer, scene.system.now()));
    expect((await scene.run(`explain ${id}`)).complaints).toContain('was erased');
    for (const who of ['nobody@example.com', 'standard:none', 'none']) {
      const { code, complaints } = await scene.run(`explain ${who}`);
      expect([code, complaints.includes('knows no customer')]).toEqual([1, true]);
    }
  });

  it('a name cannot drive the terminal', async () => {
    const { scene, answer } = await ordered();
    const { customer } = await scene.system.deps.customers.load('demo', answer.json().customer, 'whole');
    if (customer === undefined) throw new Error('the customer must be there');
    const hostile = { ...customer.profile, firstName: '\u001b[2JBo\u202e' };
    await scene.system.deps.customers.save({ ...customer, version: customer.version + 1, profile: hostile });
    const { out } = await scene.run(`explain ${address}`);
    expect(out).not.toContain('\u001b');
    expect(out).not.toContain('\u202e');
  });

  it('all of it for machines, on one line', async () => {
    const { scene } = await ordered();
    const { out, json } = await scene.run(`explain ${address} --json`);
    expect(out.trim()).not.toContain('\n');
    expect(json()).toMatchObject({ stage: 'new', rule: 'otherwise', next: { stage: 'one_time' } });
    expect(json().timeline.map((item: { type: string }) => item.type)).toContain('visit');
  });
});

describe('colour', () => {
  const looked = async (isTty: boolean, env: Record<string, string>) => {
    const scene = await cliScene({ isTty, env });
    const { out } = await scene.run('store show demo');
    return out !== stripVTControlCharacters(out);
  };
  it('on a terminal only, and not where NO_COLOR forbids it', async () => {
    expect(await looked(true, {})).toBe(true);
    expect(await looked(false, {})).toBe(false);
    expect(await looked(true, { NO_COLOR: '1' })).toBe(false);
  });
});
