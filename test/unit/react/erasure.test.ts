import { describe, expect, it } from 'vitest';
import { customerPk } from '../../../shared/adapters/dynamodb/keys.ts';
import { tombstoneOf } from '../../../shared/domain/customers/tombstone.ts';
import { addressHash } from '../../../shared/domain/identity/identities.ts';
import { days, hours } from '../../../shared/domain/time.ts';
import { start } from '../../support/customers.ts';
import { sampleCustomer, sampleNow } from '../../support/samples.ts';
import { ada, anOrder, makeWorld } from '../../support/world.ts';

const erasureOf = (eventId = 'e-1', at = start) => ({
  ...({ store: 'demo', source: 'standard', eventId, at } as const),
  body: { type: 'erase', externalId: 'c-1', email: 'ada@example.com' } as const,
});
const personal = /ada@example\.com|"Ada"/;

const erased = async () => {
  const world = await makeWorld();
  await world.order(anOrder({ orderId: 'o-1', placedAt: start - days(1) }));
  const before = await world.customerOf('standard:c-1');
  await world.advanceTo(start + hours(1));
  await world.event(erasureOf());
  return { world, before: before?.customer?.customerId ?? '' };
};
type World = Awaited<ReturnType<typeof makeWorld>>;
const textOf = (world: World): string => JSON.stringify([...world.table.rows()].map(({ value }) => value));

describe('fault 25: an erased person', () => {
  it('stands in no row of the table, the request to be erased included', async () => {
    const { world } = await erased();
    expect(textOf(world)).not.toMatch(personal);
  });

  it('stands in no event that was applied before, and a second delivery of one brings nothing back', async () => {
    const world = await makeWorld();
    await world.order(anOrder({ orderId: 'o-1', placedAt: start - days(1) }));
    const told = {
      ...erasureOf('e-0', start - hours(1)),
      body: {
        type: 'behaviour',
        customer: ada,
        name: 'attributes.changed',
        properties: { dog: 'Rex von Ada' },
      } as const,
    };
    await world.event(told);
    expect((await world.customerOf('standard:c-1'))?.customer?.signals).toMatchObject({
      'attributes.dog': { value: 'Rex von Ada' },
    });
    await world.advanceTo(start + hours(1));
    await world.event(erasureOf());
    await world.event(told);
    expect(textOf(world)).not.toMatch(/ada@example\.com|"Ada"|Rex/);
  });

  it.each([
    ['a customer', { type: 'customer', customer: ada }],
    ['nobody in particular', { type: 'customer', customer: { firstName: 'Ada' } }],
    ['two that are one', { type: 'merge', keepExternalId: 'c-1', loseExternalId: 'c-2' }],
    ['whom to erase', { type: 'erase', email: 'ada@example.com' }],
  ] as const)('an event about %s keeps no words once it was applied', async (_about, body) => {
    const world = await makeWorld();
    await world.event({ ...erasureOf('e-0'), body });
    const [kept, ...more] = [...world.table.rows()].filter(({ key }) => key.sk === 'EVENT');
    expect(more).toEqual([]);
    expect(kept).toMatchObject({ entity: 'EVENT_SEEN', value: { eventId: 'e-0' } });
    expect(kept?.value).not.toHaveProperty('body');
  });

  it('keeps the words of an event that could not be applied, for the next try', async () => {
    const world = await makeWorld();
    const { customers } = world.deps;
    Object.assign(world.deps, {
      customers: { ...customers, save: () => Promise.reject(new Error('gone')) },
    });
    await expect(world.event({ ...erasureOf('e-0'), body: { type: 'customer', customer: ada } })).rejects.toThrow(
      'gone',
    );
    expect(await world.deps.intake.loadEvent('demo', 'standard', 'e-0')).toMatchObject({ body: { customer: ada } });
  });

  it('is not brought back by late news: an older order counts as revenue only', async () => {
    const { world, before } = await erased();
    await world.order(anOrder({ orderId: 'o-2', placedAt: start - days(2) }));
    await world.event({
      ...erasureOf('e-2', start - hours(2)),
      body: { type: 'customer', customer: { ...ada, lastName: 'Lovelace' } },
    });
    const { customer } = (await world.customerOf('standard:c-1')) ?? {};
    expect(customer).toMatchObject({ customerId: before, profile: {}, generation: 0 });
    expect(textOf(world)).not.toMatch(personal);
    expect(
      (await world.deps.intake.loadOrder({ store: 'demo', source: 'standard', orderId: 'o-2' })).order,
    ).toMatchObject({
      totalMinor: 4_800,
    });
  });

  it('begins anew with a later order, without the past and without consent', async () => {
    const { world, before } = await erased();
    await world.advanceTo(start + days(2));
    await world.order(anOrder({ orderId: 'o-3', placedAt: start + days(2) }));
    await world.order(anOrder({ orderId: 'o-4', placedAt: start - days(3) }));
    const { customer } = (await world.customerOf('standard:c-1')) ?? {};
    expect(customer?.customerId).not.toBe(before);
    expect(customer).toMatchObject({
      generation: 1,
      profile: { firstName: 'Ada' },
      history: { orders: 1 },
      stage: 'new',
    });
    expect(customer?.consent).toBeUndefined();
    const old = await world.deps.customers.load('demo', before, 'whole');
    expect(JSON.stringify(old)).not.toMatch(personal);
  });

  it('is mailed again only after an express yes that is newer than the erasure', async () => {
    for (const [at, basis, mails] of [
      [start - days(1), 'express', 0],
      [start + days(1), 'implied', 0],
      [start + days(1), 'express', 1],
    ] as const) {
      const { world } = await erased();
      await world.advanceTo(start + days(2));
      const customer = { ...ada, consent: { state: 'granted', at, basis, source: 'checkout' } as const };
      await world.order(anOrder({ orderId: 'o-3', placedAt: start + days(2), customer }));
      await world.advanceTo(start + days(12));
      expect([at - start, basis, world.mails.length]).toEqual([at - start, basis, mails]);
    }
  });

  it('stays suppressed when the address had bounced, whatever they say', async () => {
    const { world } = await erased();
    const hash = addressHash(await world.deps.secrets.deploymentKey(), 'demo', 'ada@example.com');
    await world.deps.suppressions.add('demo', hash, { by: 'bounce', at: start });
    await world.advanceTo(start + days(2));
    const customer = {
      ...ada,
      consent: { state: 'granted', at: start + days(1), basis: 'express', source: 'x' } as const,
    };
    await world.order(anOrder({ orderId: 'o-3', placedAt: start + days(2), customer }));
    await world.advanceTo(start + days(12));
    expect(world.mails).toEqual([]);
  });

  it('is erased a second time, and begins a third life', async () => {
    const { world, before } = await erased();
    await world.advanceTo(start + days(2));
    await world.order(anOrder({ orderId: 'o-3', placedAt: start + days(2) }));
    const second = (await world.customerOf('standard:c-1'))?.customer?.customerId;
    await world.event(erasureOf('e-9', start + days(2) + 1));
    expect(textOf(world)).not.toMatch(personal);
    await world.advanceTo(start + days(5));
    await world.order(anOrder({ orderId: 'o-5', placedAt: start + days(5) }));
    const { customer } = (await world.customerOf('standard:c-1')) ?? {};
    expect(customer).toMatchObject({ generation: 2, history: { orders: 1 } });
    expect(new Set([before, second, customer?.customerId]).size).toBe(3);
  });

  it('takes over a name that no life since the first has used', async () => {
    const { world } = await erased();
    const byAddress = { email: 'ada@example.com' };
    await world.advanceTo(start + days(2));
    await world.order(anOrder({ orderId: 'o-3', placedAt: start + days(2), customer: byAddress }));
    await world.event({ ...erasureOf('e-9', start + days(2) + 1), body: { type: 'erase', ...byAddress } });
    await world.advanceTo(start + days(5));
    await world.order(anOrder({ orderId: 'o-5', placedAt: start + days(5) }));
    const { customer } = (await world.customerOf('standard:c-1')) ?? {};
    expect(customer).toMatchObject({ generation: 2, history: { orders: 1 } });
  });

  it('is erased by our id with everybody linked to them, at the word of the operator', async () => {
    const world = await makeWorld();
    await world.order(anOrder({ orderId: 'o-1', placedAt: start - days(1) }));
    const customer = (await world.customerOf('standard:c-1'))?.customer?.customerId ?? '';
    await world.deps.react.enqueue([{ type: 'erasure', store: 'demo', customer, at: start }]);
    await world.settle();
    expect(textOf(world)).not.toMatch(personal);
    const hash = addressHash(await world.deps.secrets.deploymentKey(), 'demo', 'ada@example.com');
    expect(await world.deps.suppressions.find('demo', hash)).toMatchObject({ by: 'erasure' });
  });

  it('is not erased again by the same request that comes late', async () => {
    const { world } = await erased();
    await world.advanceTo(start + days(2));
    await world.order(anOrder({ orderId: 'o-3', placedAt: start + days(2) }));
    await world.event(erasureOf('e-again'));
    expect((await world.customerOf('standard:c-1'))?.customer?.erasedAt).toBeUndefined();
  });

  it('leaves a tombstone without profile, consent, signals and wake', () => {
    const tombstone = tombstoneOf(sampleCustomer({ signals: { 'case.open': { value: true, at: 1 } } }), sampleNow);
    expect(tombstone).toMatchObject({ erasedAt: sampleNow, profile: {}, history: { orders: 5 } });
    for (const field of ['consent', 'signals', 'wakeAt']) expect(tombstone).not.toHaveProperty(field);
  });

  it('comes back although the first look was cut short before the names were handed on', async () => {
    const { world, before } = await erased();
    await world.advanceTo(start + days(2));
    const { identities } = world.deps;
    let fails = true;
    const claim: typeof identities.claim = async (...args) => {
      if (fails) throw new Error('gone');
      return identities.claim(...args);
    };
    Object.assign(world.deps, { identities: { ...identities, claim } });
    await expect(world.order(anOrder({ orderId: 'o-3', placedAt: start + days(2) }))).rejects.toThrow('gone');
    fails = false;
    await world.ringAgain(anOrder({ orderId: 'o-3', placedAt: start + days(2) }));
    const { customer } = (await world.customerOf('standard:c-1')) ?? {};
    expect(customer).toMatchObject({ generation: 1, history: { orders: 1 } });
    expect(customer?.customerId).not.toBe(before);
    expect(world.table.partition(customerPk('demo', customer?.customerId ?? '')).length).toBeGreaterThan(1);
  });
});
