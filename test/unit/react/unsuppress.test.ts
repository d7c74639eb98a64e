import { describe, expect, it } from 'vitest';
import { callOfMessage } from '../../../functions/react/call-of.ts';
import { react } from '../../../functions/react/react.ts';
import { addressHash } from '../../../shared/domain/identity/identities.ts';
import { days, hours, minutes } from '../../../shared/domain/time.ts';
import type { ReactCall } from '../../../shared/ports/react-calls.ts';
import { start } from '../../support/customers.ts';
import { ada, anOrder, makeWorld } from '../../support/world.ts';
import { visitPage } from '../preferences/page-visit.ts';

const email = 'ada@example.com';

/** Ada said yes, and then her mailbox sent mail back, or she complained. */
const stopped = async (by: 'bounce' | 'complaint') => {
  const world = await makeWorld({ store: { activeCampaigns: ['welcome'] } });
  await world.event({
    ...{ store: 'demo', source: 'standard', eventId: 'e-1', at: start },
    body: { type: 'customer', customer: { ...ada, consent: { ...ada.consent, at: start - days(1) } as never } },
  });
  const customer = (await world.customerOf('standard:c-1'))?.customer?.customerId ?? '';
  const address = addressHash(await world.deps.secrets.deploymentKey(), 'demo', email);
  const suppressedAt = start + hours(1);
  await world.deps.suppressions.add('demo', address, { by, at: suppressedAt });
  const optOut = by === 'complaint' ? { optedOutAt: suppressedAt, complainedAt: suppressedAt } : {};
  await world.deps.customers.restrictContact('demo', customer, { suppressedAt, suppressedBy: by, ...optOut });
  await world.advanceTo(start + days(1));
  const call = (more: Partial<Extract<ReactCall, { type: 'lift' }>> = {}): ReactCall => ({
    ...{ type: 'lift', store: 'demo', address, customer, because: 'ticket 812', at: start + days(1) },
    ...more,
  });
  return {
    world,
    call,
    lift: async (more: Parameters<typeof call>[0] = {}) => {
      await world.deps.react.enqueue([call(more)]);
      await world.settle();
    },
    file: async () => (await world.customerOf('standard:c-1')) ?? expect.fail('Ada is unknown'),
    campaigns: async () => {
      await world.order(anOrder({ orderId: 'o-1', placedAt: world.now() }));
      await world.advanceTo(world.now() + days(12));
      return world.mails.map(({ tags }) => tags['campaign']);
    },
  };
};

describe('unsuppress', () => {
  it('lets somebody be mailed whose mailbox works again, and keeps the word for it', async () => {
    expect(await (await stopped('bounce')).campaigns()).toEqual([]);
    const { lift, file, campaigns } = await stopped('bounce');
    await lift();
    expect((await file()).liftings).toEqual([
      { at: start + days(1), by: 'bounce', suppressedAt: start + hours(1), because: 'ticket 812' },
    ]);
    expect(await campaigns()).toEqual(['welcome']);
  });

  it('is no shield against the next bounce, nor undone by late news of the old one', async () => {
    for (const [at, mails] of [
      [start + hours(1), ['welcome']],
      [start + days(1) + 1, []],
    ] as const) {
      const { world, lift, file, campaigns } = await stopped('bounce');
      await lift();
      const { customerId = '' } = (await file()).customer ?? {};
      await world.deps.customers.restrictContact('demo', customerId, { suppressedAt: at, suppressedBy: 'bounce' });
      const address = addressHash(await world.deps.secrets.deploymentKey(), 'demo', email);
      await world.deps.suppressions.add('demo', address, { by: 'bounce', at });
      expect(await campaigns()).toEqual(mails);
    }
  });

  it('after a complaint asks them by mail first, although their word is older than a question may otherwise be', async () => {
    const { world, lift, file, campaigns } = await stopped('complaint');
    await world.advanceTo(start + days(9));
    await lift({ agreedAt: start + days(2), at: start + days(9) });
    expect((await file()).customer?.consent).toMatchObject({ state: 'pending', at: start + days(2) });
    await world.advanceTo(start + days(9) + minutes(5));
    expect(world.mails.map(({ tags }) => tags['campaign'])).toEqual(['consent-confirmation']);
    const token = /\/confirm\/(\S+)/.exec(world.mails[0]?.text ?? '')?.[1] ?? 'none';
    await visitPage(world.deps, 'confirm', token, { now: start + days(9) + hours(1), post: '' });
    await world.settle();
    expect((await file()).consents.map(({ source, state }) => [source, state])).toEqual([
      ['checkout', 'granted'],
      ['operator', 'pending'],
      ['double-opt-in', 'granted'],
    ]);
    expect(await campaigns()).toEqual(['consent-confirmation', 'welcome']);
  });

  it('mails nothing but the question until it is answered', async () => {
    const { lift, campaigns } = await stopped('complaint');
    await lift({ agreedAt: start + hours(20) });
    expect(await campaigns()).toEqual(['consent-confirmation']);
  });

  it('does nothing for a complaint without a later date', async () => {
    for (const agreedAt of [undefined, start + hours(1)]) {
      const { lift, file, campaigns } = await stopped('complaint');
      await lift(agreedAt === undefined ? {} : { agreedAt });
      expect((await file()).liftings).toEqual([]);
      expect(await campaigns()).toEqual([]);
    }
  });

  it('does nothing for somebody who was erased meanwhile, and an erasure takes its words along', async () => {
    const { world, lift, file } = await stopped('bounce');
    await lift();
    const { customerId = '' } = (await file()).customer ?? {};
    const at = start + days(1) + 1;
    await world.deps.react.enqueue([{ type: 'erasure', store: 'demo', customer: customerId, at }]);
    await world.settle();
    await lift({ at: at + 1 });
    expect((await file()).liftings).toEqual([{ at: start + days(1), by: 'bounce', suppressedAt: start + hours(1) }]);
    const address = addressHash(await world.deps.secrets.deploymentKey(), 'demo', email);
    expect(await world.deps.suppressions.find('demo', address)).toMatchObject({ by: 'erasure' });
  });

  it('is finished by the next try when it was cut short anywhere', async () => {
    const call = (await stopped('complaint')).call({ agreedAt: start + hours(20) });
    for (const breaks of ['putLifting', 'restrictContact', 'lift', 'putConsent', 'save'] as const) {
      const scene = await stopped('complaint');
      const { deps } = scene.world;
      const fail = () => Promise.reject(new Error(breaks));
      const broken = {
        ...deps,
        customers: { ...deps.customers, ...(breaks === 'lift' ? {} : { [breaks]: fail }) },
        suppressions: { ...deps.suppressions, ...(breaks === 'lift' ? { lift: fail } : {}) },
      };
      expect(await react(broken, [call], scene.world.now())).toHaveLength(1);
      for (const _ of [1, 2]) expect(await react(deps, [call], scene.world.now())).toEqual([]);
      const { customer, liftings, contact } = await scene.file();
      expect([breaks, liftings.length, contact.liftedAt]).toEqual([breaks, 1, start + days(1)]);
      expect(customer?.consent).toMatchObject({ state: 'pending', at: start + hours(20) });
    }
  });

  it('lifts the address alone where nobody is known by it', async () => {
    const { world, lift } = await stopped('bounce');
    await world.deps.suppressions.add('demo', 'nobody', { by: 'bounce', at: start });
    await world.deps.react.enqueue([
      {
        type: 'lift',
        store: 'demo',
        address: 'nobody',
        because: 'ticket 813',
        at: start + days(1),
        agreedAt: start + 1,
      },
    ]);
    await lift();
    expect(await world.deps.suppressions.find('demo', 'nobody')).toMatchObject({ liftedAt: start + days(1) });
  });

  it('is understood from a message as it was put', () => {
    const call = { type: 'lift', store: 'demo', address: 'h', customer: 'c', because: 'x', at: 2, agreedAt: 1 };
    const { customer: _c, agreedAt: _a, ...bare } = call;
    for (const one of [call, bare]) expect(callOfMessage(JSON.stringify({ detail: one }))).toEqual(one);
  });
});
