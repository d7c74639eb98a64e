import { describe, expect, it } from 'vitest';
import { publishLifecycle } from '../../../functions/definitions/publish-lifecycle.ts';
import { startRebase } from '../../../functions/definitions/start-rebase.ts';
import { takeOver } from '../../../functions/definitions/take-over.ts';
import type { Campaign } from '../../../shared/domain/campaigns/campaign.ts';
import { defaultCampaigns } from '../../../shared/domain/campaigns/default-campaigns.ts';
import { ecommerce } from '../../../shared/domain/lifecycle/ecommerce.ts';
import type { Lifecycle } from '../../../shared/domain/lifecycle/lifecycle.ts';
import { days, minutes } from '../../../shared/domain/time.ts';
import { start } from '../../support/customers.ts';
import { ada, anOrder, makeWorld, shop } from '../../support/world.ts';

/** Everybody who ordered once goes to `at_risk`, which a campaign waits for. */
const rushed: Lifecycle = {
  name: 'rushed',
  version: 2,
  stages: [{ id: 'lapsed', when: { fact: 'orders', op: 'gte', value: 1 } }, { id: 'new' }],
};

const person = (n: number) => ({ ...ada, externalId: `c-${n}`, email: `c-${n}@example.com` });

/** Twenty people with two orders each, all of whom a campaign on `lapsed` by time could mail. */
const peopled = async () => {
  const world = await makeWorld();
  for (let n = 0; n < 20; n++)
    for (const [k, placedAt] of [start - days(30), start - days(1)].entries())
      await world.order(anOrder({ orderId: `${n}-${k}`, placedAt, customer: person(n) }));
  return world;
};
type World = Awaited<ReturnType<typeof peopled>>;

const publish = async ({ deps, now }: World, lifecycle: Lifecycle) => {
  await deps.definitions.saveLifecycle('demo', { lifecycle, savedAt: now() });
  const adoption = await takeOver(deps.definitions, 'demo', { lifecycle: lifecycle.version }, now());
  return startRebase(deps, 'demo', adoption, { now: now(), total: 20 });
};

const everybody = (world: World) =>
  Promise.all(Array.from({ length: 20 }, (_, n) => world.customerOf(`standard:c-${n}`)));
const triggers = (campaign: Campaign) =>
  campaign.trigger.type === 'enters' ? { stage: campaign.trigger.stage, causes: campaign.trigger } : undefined;

describe('publishing', () => {
  it('moves everybody within minutes, for the cause rebase, and no mail fires, not even later', async () => {
    expect(defaultCampaigns.map(triggers).some((trigger) => trigger?.stage === 'lapsed')).toBe(true);
    const world = await peopled();
    await world.advanceTo(start + days(12));
    const before = world.mails.length;
    await publish(world, rushed);
    await world.advanceTo(world.now() + minutes(10));
    for (const file of await everybody(world)) {
      expect(file?.customer).toMatchObject({
        stage: 'lapsed',
        cause: 'rebase',
        decidedUnder: { lifecycle: 2, fit: 0 },
      });
      expect(file?.enrolments.filter(({ campaign }) => campaign === 'win-back')).toEqual([]);
    }
    expect(await world.deps.rebases.load('demo')).toMatchObject({
      total: 20,
      handed: 0,
      finishedAt: expect.any(Number),
    });
    await world.advanceTo(world.now() + days(40));
    expect(world.mails.filter(({ tags }) => tags['campaign'] === 'win-back')).toEqual([]);
    expect(world.mails.length).toBeGreaterThanOrEqual(before);
  });

  it('that was cut short before anybody was looked at is finished by publishing again', async () => {
    const world = await peopled();
    const store = shop;
    const { version: _version, ...draft } = rushed;
    const cut = { ...world.deps.roll, page: () => Promise.reject(new Error('gone')) };
    await expect(publishLifecycle({ ...world.deps, roll: cut }, store, draft, world.now())).rejects.toThrow('gone');
    expect(await world.deps.rebases.load('demo')).toBeUndefined();
    const again = await publishLifecycle(world.deps, store, draft, world.now());
    expect(again).toMatchObject({ lifecycle: { version: 2 }, rebase: { lifecycle: 2 } });
    await world.advanceTo(world.now() + minutes(10));
    for (const file of await everybody(world)) expect(file?.customer?.stage).toBe('lapsed');
    expect((await publishLifecycle(world.deps, store, draft, world.now())).rebase).toBeUndefined();
  });

  it('is in force for an order once functions know of it, and the customer never goes back', async () => {
    const world = await peopled();
    await publish(world, rushed);
    const seen: (number | undefined)[] = [];
    for (let n = 0; n < 6; n++) {
      await world.order(anOrder({ orderId: `later-${n}`, placedAt: world.now(), customer: person(3) }));
      seen.push((await world.customerOf('standard:c-3'))?.customer?.decidedUnder.lifecycle);
      await world.advanceTo(world.now() + minutes(1) / 2);
    }
    expect(seen).toEqual(seen.toSorted());
    expect(seen.slice(2)).toEqual([2, 2, 2, 2]);
  });

  it('again before the rebase is through begins it anew, to the later version', async () => {
    const world = await peopled();
    const first = await publish(world, rushed);
    await world.advanceTo(world.now() + minutes(1));
    const second = await publish(world, { ...ecommerce, version: 3 });
    expect(second).toMatchObject({ lifecycle: 3, shard: 0, handed: 0 });
    expect(second.version).toBeGreaterThan(first.version);
    await world.advanceTo(world.now() + minutes(10));
    for (const file of await everybody(world)) expect(file?.customer?.decidedUnder.lifecycle).toBe(3);
  });

  it('keeps its pace: a rebase of so many a minute takes as many minutes as it says', async () => {
    const world = await peopled();
    const slow = { ...world, deps: { ...world.deps, rebasePerMinute: 4 } };
    const begun = await publish(slow, rushed);
    const reached: number[] = [];
    for (let minute = 1; minute <= 5; minute++) {
      await world.advanceTo(begun.startedAt + minutes(minute));
      const files = await everybody(world);
      reached.push(files.filter((file) => file?.customer?.decidedUnder.lifecycle === 2).length);
    }
    expect(reached).toEqual([4, 8, 12, 16, 20]);
  });

  it('takes nothing back: versions only rise, whoever writes first', async () => {
    const { deps, now } = await peopled();
    await takeOver(deps.definitions, 'demo', { lifecycle: 5 }, now());
    await takeOver(deps.definitions, 'demo', { lifecycle: 4, fit: 2 }, now() + 1);
    await takeOver(deps.definitions, 'demo', { lifecycle: 3 }, now() + 2);
    expect(await deps.definitions.adoption('demo')).toEqual({ version: 2, lifecycle: 5, fit: 2, at: now() + 1 });
  });
});
