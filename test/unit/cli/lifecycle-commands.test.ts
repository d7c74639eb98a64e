import { describe, expect, it } from 'vitest';
import { days, minutes } from '../../../shared/domain/time.ts';
import { parameterNames } from '../../../shared/env.ts';
import { start } from '../../support/customers.ts';
import { fillStore } from '../../support/filled-world.ts';
import { shopKinds, simulateStore } from '../../support/simulated-store.ts';
import { ada, anOrder } from '../../support/world.ts';
import { cliScene } from './cli-scene.ts';

const twoStages = 'lifecycle: two\nstages:\n  - back: orders >= 2\n  - new: otherwise\n';
const withFaults = 'lifecycle: two\nstages:\n  - back: order >= 2\n  - new: othrwise\n';

const scene = async (options: Parameters<typeof cliScene>[0] = {}) => {
  const made = await cliScene({ files: { 'lifecycle.yaml': twoStages }, ...options });
  for (let n = 0; n < 8; n++)
    for (let k = 0; k <= n % 2; k++)
      await made.system.order(
        anOrder({
          orderId: `${n}-${k}`,
          placedAt: start - days(20 - 10 * k),
          customer: { ...ada, externalId: `c-${n}`, email: `c-${n}@example.com` },
        }),
      );
  return made;
};
const stageOf = async (made: Awaited<ReturnType<typeof scene>>, n: number) =>
  (await made.system.customerOf(`standard:c-${n}`))?.customer?.stage;

describe('plan', () => {
  it('says what would change in days and people, and changes nothing', async () => {
    const made = await scene();
    const { code, out } = await made.run('plan');
    expect(code).toBe(0);
    expect(out).toContain('~ lifecycle ecommerce v1 → two v2');
    expect(out).toContain('4 of 8 customers would move (4 active → back), no mail fires');
    expect(out).toContain('afterwards: back 4 · new 4');
    expect(out).toContain('campaign rescue waits for at_risk, loyal, active, which two does not have');
    expect(await stageOf(made, 1)).toBe('active');
    expect(await made.system.deps.definitions.adoption('demo')).toBeUndefined();
  });

  it('shows the thresholds a lifecycle names, in days', async () => {
    const { out } = await (await scene()).run('plan --preset four-stage');
    expect(out).toContain('75 % in days: one order 94 · two or three 94 · four or more 94');
  });

  it('lists every fault with line, column and caret, and fails', async () => {
    const made = await scene({ files: { 'mine.yaml': withFaults } });
    const { code, complaints, out } = await made.run('plan mine.yaml');
    expect([code, out]).toEqual([1, '']);
    expect(complaints).toContain('2 faults in mine.yaml; nothing was changed');
    const lines = complaints.split('\n');
    const fault = lines.findIndex((line) => line.includes('mine.yaml:3:11'));
    expect(lines[fault]).toContain('did you mean `orders`?');
    expect(lines[fault + 1]?.indexOf('^')).toBe(lines[fault]?.indexOf('order >='));
    expect(complaints).toContain('mine.yaml:4:');
    expect(made.calls).toEqual([]);
  });

  it('without a file says how to get one, which then works', async () => {
    const made = await scene({ files: {} });
    const missing = await made.run('plan');
    expect([missing.code, missing.out]).toEqual([1, '']);
    expect(missing.complaints).toContain('plan --preset ecommerce --write');
    const written = await made.run('plan --preset ecommerce --write');
    expect([written.code, written.complaints]).toEqual([0, '']);
    expect(written.out).toContain('✓ lifecycle.yaml written');
    expect(written.out).toContain('lifecycle ecommerce v1: no change');
    expect(made.files.get('lifecycle.yaml')).toMatch(/^# The default/);
    const again = await made.run('plan --preset five-stage --write');
    expect([again.code, again.out]).toEqual([1, '']);
    expect(again.complaints).toContain('left as it is');
    expect((await made.run('plan')).code).toBe(0);
  });

  it.each([
    ['plan --preset for-stage', 'did you mean four-stage?'],
    ['plan --write', '--write needs --preset'],
    ['plan a.yaml b.yaml', 'one lifecycle, so one file'],
    ['rebase now', 'rebase takes no words'],
    ['fit demo', '--store ID'],
  ])('%s: usage, with a hint', async (line, hint) => {
    const { code, complaints } = await (await scene()).run(line);
    expect(code).toBe(2);
    expect(complaints).toContain(hint);
  });
});

describe('apply', () => {
  it('asks first, and publishes nothing without a yes', async () => {
    for (const answer of ['', 'no', 'yellow']) {
      const made = await scene({ answer });
      const { code, complaints } = await made.run('apply');
      expect(code).toBe(1);
      expect(complaints).toContain('4 of 8 customers would move');
      expect(complaints).toContain('nothing was published');
      expect(await made.system.deps.definitions.adoption('demo')).toBeUndefined();
    }
  });

  it('publishes, follows the rebase on a terminal, and everybody stands where the plan said', async () => {
    const made = await scene({ answer: 'yes', isTty: true, env: { NO_COLOR: '1' } });
    const mails = made.system.mails.length;
    const { code, out } = await made.run('apply');
    expect(code).toBe(0);
    expect(out).toContain('✓ lifecycle two v2 published');
    expect(out).toContain('✓ all 8 customers decided under lifecycle v2, fit v0');
    expect(made.statuses.some((line) => line.includes('of 8 customers'))).toBe(true);
    expect(made.statuses.at(-1)).toBe('');
    expect(await Promise.all([0, 1, 2, 3].map((n) => stageOf(made, n)))).toEqual(['new', 'back', 'new', 'back']);
    expect(made.system.mails.length).toBe(mails);
    const again = await made.run('apply');
    expect([again.code, again.out.trim()]).toEqual([0, '= lifecycle two v2: no change']);
  });

  it('comes back at once where nobody looks, and rebase tells the rest', async () => {
    const made = await scene();
    const applied = await made.run('apply --yes');
    expect([applied.code, applied.complaints]).toEqual([0, '']);
    expect(applied.out).toContain('rebase --follow');
    expect((await made.run('rebase')).out).toContain('0 of about 8 customers looked at again');
    await made.system.advanceTo(made.system.now() + minutes(10));
    expect((await made.run('rebase')).out).toContain('✓ all 8 customers decided under lifecycle v2');
    const json = (await made.run('rebase --json')).json();
    expect(json.rebase).toMatchObject({ lifecycle: 2, customers: 8, done: 8 });
  });

  it('with --json answers the plan and what was published', async () => {
    const { code, json } = await (await scene()).run('apply --yes --json --no-follow');
    expect(code).toBe(0);
    expect(json()).toMatchObject({ changed: true, version: 2, plan: { moves: [{ customers: 4 }] } });
  });
});

describe('fit', () => {
  const filled = async () => {
    const made = await cliScene();
    const { system } = made;
    const buying = shopKinds['coffee']?.buying;
    if (buying === undefined) throw new Error('no shop of coffee');
    const people = simulateStore({ seed: 3, customers: 150, days: 300, buying, startAt: system.now() - days(300) });
    await fillStore(system.deps.customers, system.store, people, { now: system.now() });
    return made;
  };

  it('prints thresholds before and after, the models and what became of it', async () => {
    const made = await filled();
    const { code, out } = await made.run('fit');
    expect(code).toBe(0);
    expect(out).toContain('From 150 customers with orders');
    expect(out).toMatch(/silence 75 % +94 → \d+ +94 → \d+ +94 → \d+/);
    expect(out).toMatch(/BG\/NBD r \d/);
    expect(out).toMatch(/✓ fit v1 taken over, more than 2 % would move: \d+ of 150 customers would stand elsewhere/);
    expect(out).toContain('rebase --follow');
    expect(made.statuses.at(-2)).toContain('150 of 150 customers read');
    expect((await made.run('fit')).out).toContain('says the same as fit v1');
  });

  it('with --json gives every number', async () => {
    const made = await filled();
    const json = (await made.run('fit --adopt --json')).json();
    expect(json).toMatchObject({ type: 'adopted', why: 'asked', version: 1, customers: 150, asked: 150 });
    expect(json.thresholds.after).toHaveLength(3);
    expect(json.fit.purchases.r).toBeGreaterThan(0);
  });

  it.each([
    ['fit', undefined, 1_000],
    ['fit', '40', 40],
    ['store set demo --rhythm fast', '40', 40],
  ])('%s has people looked at again at the pace of the deployment (%s)', async (command, pace, perMinute) => {
    const made = await filled();
    if (pace !== undefined) made.parameters.set(parameterNames.rebasePerMinute(made.prefix), pace);
    expect((await made.run(command)).code).toBe(0);
    expect(await made.system.deps.rebases.load('demo')).toMatchObject({ perMinute });
  });

  it('of a store that is not there is refused', async () => {
    const { code, complaints } = await (await filled()).run('fit --store nowhere');
    expect(code).toBe(1);
    expect(complaints).toContain("no store 'nowhere'");
  });
});

describe('another rhythm', () => {
  it('is taken over as a fit of its own: who moves by it, moves by rebase', async () => {
    const made = await scene();
    const { system } = made;
    await system.advanceTo(start + days(60));
    expect(await stageOf(made, 0)).toBe('new');
    const mails = system.mails.length;
    expect((await made.run('store set demo --rhythm fast')).code).toBe(0);
    const adoption = await system.deps.definitions.adoption('demo');
    expect(adoption).toMatchObject({ fit: 1 });
    expect((await system.deps.definitions.fits('demo')).map(({ fit }) => fit.version)).toEqual([1, 0]);
    await system.advanceTo(system.now() + minutes(10));
    const customer = (await system.customerOf('standard:c-0'))?.customer;
    expect(customer).toMatchObject({ stage: 'one_time', cause: 'rebase', decidedUnder: { lifecycle: 1, fit: 1 } });
    await system.advanceTo(system.now() + days(1));
    expect(system.mails.length).toBe(mails);
  });

  it('saved again as it is makes no fit', async () => {
    const made = await scene();
    await made.run('store set demo --rhythm normal --name "Pine"');
    expect(await made.system.deps.definitions.fits('demo')).toEqual([]);
  });
});

describe('explain', () => {
  it('shows every line down to the one that holds, and what newer versions will say', async () => {
    const made = await scene();
    await made.run('apply --yes --no-follow');
    await made.system.deps.definitions.adopted(made.system.store, made.system.now(), { lifecycle: 2, fit: 0 });
    const { out } = await made.run('explain standard:c-1');
    expect(out).toMatch(/✗ +lead +orders.placed = 0\n/);
    expect(out).toMatch(/✗ +loyal +orders >= 3/);
    expect(out).toMatch(/✓ +active +orders >= 2\n/);
    expect(out).not.toMatch(/new +otherwise/);
    expect(out).toContain('decided under lifecycle ecommerce v1, fit v0');
    expect(out).toContain('the next look, under lifecycle v2 and fit v0, says: back');
    await made.system.advanceTo(made.system.now() + minutes(10));
    const after = (await made.run('explain standard:c-1')).out;
    expect(after).toMatch(/✓ +back +orders >= 2\n/);
    expect(after).not.toContain('the next look');
  });
});
