import { describe, expect, it } from 'vitest';
import { defaultCampaigns } from '../../../shared/domain/campaigns/default-campaigns.ts';
import { armOf } from '../../../shared/domain/campaigns/holdout.ts';
import type { CustomerSnapshot } from '../../../shared/domain/customers/profile.ts';
import { mintCustomerId } from '../../../shared/domain/identity/identities.ts';
import { days, hours } from '../../../shared/domain/time.ts';
import { start } from '../../support/customers.ts';
import { ada, anOrder, makeWorld } from '../../support/world.ts';

/** Somebody whom every campaign would mail, or whom one holds out. */
const personWhere = (wanted: (arms: Readonly<Record<string, string>>) => boolean): CustomerSnapshot => {
  for (let n = 1; ; n++) {
    const externalId = `c-${n}`;
    const id = mintCustomerId('demo', `standard:${externalId}`);
    const arms = Object.fromEntries(defaultCampaigns.map((campaign) => [campaign.id, armOf('demo', campaign, id)]));
    if (wanted(arms)) return { ...ada, externalId, email: `p${n}@example.com` };
  }
};
const mailed = personWhere((arms) => Object.values(arms).every((arm) => arm === 'mailed'));

const order = (n: number, placedAt: number, customer = mailed) => anOrder({ orderId: String(n), placedAt, customer });
const templates = (world: Awaited<ReturnType<typeof makeWorld>>) => world.mails.map(({ tags }) => tags['campaign']);

describe('the first campaigns', () => {
  it('a first order is welcomed after seven days, once', async () => {
    const world = await makeWorld();
    await world.order(order(1, start));
    await world.advanceTo(start + days(7) - hours(1));
    expect(templates(world)).toEqual([]);
    await world.advanceTo(start + days(8));
    expect(templates(world)).toEqual(['welcome']);
    await world.advanceTo(start + days(60));
    expect(templates(world)).toEqual(['welcome']);
  });

  it('a shop whose clock runs a minute ahead keeps its welcome', async () => {
    const world = await makeWorld();
    await world.order(order(1, start + 60_000));
    await world.advanceTo(start + days(8));
    expect(templates(world)).toEqual(['welcome']);
  });

  it('a second order within the week ends the welcome and starts the upsell', async () => {
    const world = await makeWorld();
    await world.order(order(1, start));
    await world.advanceTo(start + days(3));
    await world.order(order(2, start + days(3)));
    await world.advanceTo(start + days(20));
    expect(templates(world)).toEqual(['upsell']);
    const file = await world.customerOf(`standard:${mailed.externalId}`);
    expect(
      file?.sends
        .map(({ campaign, state }) => [campaign, state.status === 'skipped' ? state.reason : state.status])
        .sort(),
    ).toEqual([
      ['upsell', 'sent'],
      ['welcome', 'goal-reached'],
    ]);
    expect(file?.enrolments.find(({ campaign }) => campaign === 'welcome')).toMatchObject({
      status: 'ended',
      endedBy: 'goal-reached',
      convertedAt: start + days(3),
    });
  });

  it('four orders earn the loyalty reward a day later', async () => {
    const world = await makeWorld();
    for (const n of [0, 1, 2, 3]) {
      await world.advanceTo(start + days(20 * n));
      await world.order(order(n + 1, start + days(20 * n)));
    }
    await world.advanceTo(start + days(63));
    expect(templates(world)).toEqual(['welcome', 'upsell', 'loyalty-reward']);
    expect(world.mails.at(-1)?.html).toContain('THANKYOU');
  });

  it('a silent repeat customer is rescued at 94 days and won back at 185, each at a decent hour', async () => {
    const world = await makeWorld();
    await world.order(order(1, start));
    await world.advanceTo(start + days(30));
    await world.order(order(2, start + days(30)));
    await world.advanceTo(start + days(30 + 400));
    expect(templates(world)).toEqual(['welcome', 'upsell', 'rescue', 'win-back']);
    const [, , rescue, winBack] = world.mails;
    expect(((rescue?.at ?? 0) - start) / days(1) - 30).toBeGreaterThanOrEqual(94);
    expect(((rescue?.at ?? 0) - start) / days(1) - 30).toBeLessThan(95);
    expect(((winBack?.at ?? 0) - start) / days(1) - 30).toBeGreaterThanOrEqual(185);
    expect(((winBack?.at ?? 0) - start) / days(1) - 30).toBeLessThan(186);
  });

  it('somebody who signs up without ordering gets one hello a day later', async () => {
    const world = await makeWorld();
    const { consent } = mailed;
    const customer = { ...mailed, ...(consent && { consent: { ...consent, at: start } }) };
    await world.event({
      store: 'demo',
      source: 'standard',
      eventId: 'e1',
      at: start,
      body: { type: 'customer', customer },
    });
    await world.advanceTo(start + days(3));
    expect(templates(world)).toEqual(['lead-nurture']);
  });

  it('old orders sent again, or imported, fire nothing', async () => {
    const world = await makeWorld();
    await world.advanceTo(start + days(400));
    await world.order(order(1, start));
    await world.order(order(2, start + days(380)));
    await world.advanceTo(start + days(415));
    expect(templates(world)).toEqual([]);
  });

  it('duplicates, stale versions and a doorbell without cause change nothing', async () => {
    const world = await makeWorld();
    const first = order(1, start);
    await world.order({ ...first, updatedAt: start + hours(1) });
    const before = (await world.customerOf(`standard:${mailed.externalId}`))?.customer;
    await world.order(first);
    await world.order({ ...first, updatedAt: start + hours(1) });
    await world.ringAgain(first);
    expect((await world.customerOf(`standard:${mailed.externalId}`))?.customer).toEqual(before);
  });

  it('the held-out get nothing and walk the same steps', async () => {
    const heldOut = personWhere((arms) => arms['welcome'] === 'held-out');
    const world = await makeWorld();
    await world.order(order(1, start, heldOut));
    await world.advanceTo(start + days(300));
    expect(world.mails).toEqual([]);
    const file = await world.customerOf(`standard:${heldOut.externalId}`);
    expect(file?.enrolments).toMatchObject([{ campaign: 'welcome', arm: 'held-out' }]);
    expect(file?.sends).toMatchObject([{ state: { status: 'skipped', reason: 'holdout' } }]);
  });

  it('without consent there is no enrolment, only a mail withheld with its reason', async () => {
    const world = await makeWorld();
    const { consent: _consent, ...silent } = mailed;
    await world.order(order(1, start, silent));
    await world.advanceTo(start + days(10));
    const file = await world.customerOf(`standard:${mailed.externalId}`);
    expect(world.mails).toEqual([]);
    expect(file?.enrolments).toEqual([]);
    expect(file?.sends).toMatchObject([{ campaign: 'welcome', state: { status: 'skipped', reason: 'no-consent' } }]);
  });

  it('after an opt-out nothing more goes, and the mail says why', async () => {
    const world = await makeWorld();
    await world.order(order(1, start));
    const file = await world.customerOf(`standard:${mailed.externalId}`);
    await world.deps.customers.restrictContact('demo', file?.customer?.customerId ?? '', {
      optedOutAt: start + hours(1),
    });
    await world.advanceTo(start + days(300));
    expect(world.mails).toEqual([]);
    const after = await world.customerOf(`standard:${mailed.externalId}`);
    expect(after?.sends).toMatchObject([{ campaign: 'welcome', state: { status: 'skipped', reason: 'no-consent' } }]);
  });

  it('a cancelled first order takes the welcome back', async () => {
    const world = await makeWorld();
    await world.order(order(1, start));
    await world.advanceTo(start + days(1));
    await world.order({ ...order(1, start), status: 'cancelled', updatedAt: start + days(1) });
    await world.advanceTo(start + days(10));
    expect(world.mails).toEqual([]);
    const file = await world.customerOf(`standard:${mailed.externalId}`);
    expect(file?.customer).toMatchObject({ stage: 'new', history: { orders: 0, placed: 1 } });
    expect(file?.sends).toMatchObject([{ state: { status: 'skipped', reason: 'audience' } }]);
  });

  it('a guest who becomes an account is one customer', async () => {
    const world = await makeWorld();
    const { externalId: _id, ...guest } = mailed;
    await world.order(order(1, start, guest));
    await world.advanceTo(start + days(2));
    await world.order(order(2, start + days(2)));
    const file = await world.customerOf(`standard:${mailed.externalId}`);
    expect(file?.customer).toMatchObject({ stage: 'active', history: { orders: 2 } });
  });

  it('two accounts found to share an address become one, the older the root', async () => {
    const world = await makeWorld();
    const { email: _email, ...nameless } = mailed;
    await world.order(order(1, start, { ...nameless, externalId: 'x-1' }));
    await world.advanceTo(start + days(2));
    await world.order(order(2, start + days(2), { ...mailed, externalId: 'x-2' }));
    await world.advanceTo(start + days(4));
    await world.order(order(3, start + days(4), { ...mailed, externalId: 'x-1' }));
    const root = await world.customerOf('standard:x-1');
    const alias = await world.customerOf('standard:x-2');
    expect(root?.customer).toMatchObject({
      stage: 'active',
      history: { orders: 3 },
      aliases: [alias?.customer?.customerId],
    });
    expect(alias?.customer?.mergedInto).toBe(root?.customer?.customerId);
    expect(alias?.customer?.wakeAt).toBeUndefined();
  });

  it('staff and wholesale stand in no stage and are mailed nothing; untagged, they come back without a mail', async () => {
    const world = await makeWorld({ store: { exclude: { tags: ['wholesale'] } } });
    await world.order(order(1, start, { ...mailed, tags: ['wholesale'] }));
    await world.advanceTo(start + days(200));
    const file = await world.customerOf(`standard:${mailed.externalId}`);
    expect(file?.customer).toMatchObject({ stage: 'excluded', history: { orders: 1 } });
    expect(file?.customer?.wakeAt).toBeUndefined();
    const untagged = { ...mailed, tags: [] };
    const body = { type: 'customer', customer: untagged } as const;
    await world.event({ store: 'demo', source: 'standard', eventId: 'e2', at: world.now(), body });
    await world.advanceTo(start + days(220));
    expect((await world.customerOf(`standard:${mailed.externalId}`))?.customer?.stage).toBe('one_time');
    expect(world.mails).toEqual([]);
  });

  it('an erased person stays a tombstone; who orders again is somebody new without consent, and is mailed nothing', async () => {
    const world = await makeWorld();
    await world.order(order(1, start));
    const old = (await world.customerOf(`standard:${mailed.externalId}`))?.customer;
    await world.event({
      store: 'demo',
      source: 'standard',
      eventId: 'e9',
      at: start,
      body: { type: 'erase', externalId: mailed.externalId ?? '' },
    });
    await world.advanceTo(start + days(2));
    await world.order(order(2, start + days(2)));
    await world.advanceTo(start + days(200));
    expect(world.mails).toEqual([]);
    const file = await world.deps.customers.load('demo', old?.customerId ?? '', 'whole');
    expect(file.customer?.erasedAt).toBeDefined();
    expect(JSON.stringify(file)).not.toContain('p1@example.com');
    expect(file.customer?.profile).toEqual({});
    const anew = (await world.customerOf(`standard:${mailed.externalId}`))?.customer;
    expect(anew?.customerId).not.toBe(old?.customerId);
    expect(anew).toMatchObject({ generation: 1, history: { orders: 1 } });
  });
});

describe('one person seen first twice at once', () => {
  it('by an account and by a guest order in one batch is one customer', async () => {
    const world = await makeWorld();
    const { externalId: _id, ...guest } = mailed;
    await Promise.all([world.order(order(1, start)), world.order(order(2, start + hours(1), guest))]);
    const file = await world.customerOf(`standard:${mailed.externalId}`);
    const root = file?.customer?.mergedInto === undefined ? file?.customer : undefined;
    const id = root?.customerId ?? file?.customer?.mergedInto ?? '';
    expect((await world.deps.customers.load('demo', id, 'decision')).customer).toMatchObject({
      history: { counted: 2 },
    });
  });

  it('whichever of them claimed the address first', async () => {
    const world = await makeWorld();
    const { externalId: _id, ...guest } = mailed;
    // Somebody named an id by the account and got no further than its identity.
    await world.deps.identities.claim('demo', `standard:${mailed.externalId}`, 'never-written');
    await world.order(order(1, start, guest));
    await world.order(order(2, start + days(2)));
    const alias = await world.deps.customers.load('demo', 'never-written', 'decision');
    const id = alias.customer?.mergedInto ?? 'never-written';
    expect((await world.deps.customers.load('demo', id, 'decision')).customer).toMatchObject({
      stage: 'active',
      history: { counted: 2 },
    });
  });
});
