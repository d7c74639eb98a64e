import { describe, expect, it } from 'vitest';
import { sendToCustomer } from '../../../functions/send/send-to-customer.ts';
import { noContact } from '../../../shared/domain/customers/contact.ts';
import { days, hours } from '../../../shared/domain/time.ts';
import { start } from '../../support/customers.ts';
import { ada, anOrder, makeWorld } from '../../support/world.ts';

/** Ada's older account waits for a welcome mail; the younger one has joined it. */
const mergedAda = async () => {
  const world = await makeWorld();
  await world.order(anOrder({ orderId: 'o-1', placedAt: start }));
  await world.advanceTo(start + hours(1));
  await world.event({
    ...({ store: 'demo', source: 'standard', eventId: 's-1', at: start } as const),
    body: { type: 'customer', customer: { externalId: 'c-2', country: 'GB' } },
  });
  const alias = (await world.customerOf('standard:c-2'))?.customer?.customerId ?? '';
  await world.event({
    ...({ store: 'demo', source: 'standard', eventId: 'm-1', at: start } as const),
    body: { type: 'merge', keepExternalId: ada.externalId ?? '', loseExternalId: 'c-2' },
  });
  const root = await world.customerOf('standard:c-1');
  const customer = root?.customer?.customerId ?? '';
  const dueAt = root?.sends[0]?.dueAt ?? 0;
  expect(root?.customer?.aliases).toEqual([alias]);
  return { world, alias, call: { store: 'demo', customer }, dueAt };
};

describe('a person with two accounts', () => {
  it('is mailed, when nothing stands against it', async () => {
    const { world, call, dueAt } = await mergedAda();
    await sendToCustomer(world.deps, call, dueAt);
    expect(world.mails).toHaveLength(1);
  });

  it('is not mailed when they opt out by an old mail to the other account, in the moment of the decision', async () => {
    const { world, alias, call, dueAt } = await mergedAda();
    const { ledger } = world.deps;
    const reserve: typeof ledger.reserve = async (...args) => {
      await world.deps.customers.restrictContact('demo', alias, { optedOutAt: dueAt });
      return ledger.reserve(...args);
    };
    await sendToCustomer({ ...world.deps, ledger: { ...ledger, reserve } }, call, dueAt);
    expect(world.mails).toEqual([]);
    await sendToCustomer(world.deps, call, dueAt + days(1));
    expect(world.mails).toEqual([]);
  });

  it('has one allowance of mails, not two', async () => {
    const { world, alias, call, dueAt } = await mergedAda();
    const { customers } = world.deps;
    const load: typeof customers.load = async (store, id, extent) => {
      const file = await customers.load(store, id, extent);
      const sends = [{ sendId: 'earlier', at: dueAt - hours(2) }];
      return id === alias ? { ...file, contact: { ...noContact, sends } } : file;
    };
    await sendToCustomer({ ...world.deps, customers: { ...customers, load } }, call, dueAt);
    expect(world.mails).toEqual([]);
    await sendToCustomer({ ...world.deps, customers: { ...customers, load } }, call, dueAt + hours(24));
    expect(world.mails).toHaveLength(1);
  });

  it('does not get again with one account what its cool-down forbids with the other', async () => {
    const world = await makeWorld({ store: { activeCampaigns: ['rescue'] } });
    const base = { store: 'demo', source: 'standard' } as const;
    const { externalId: _id, email: _email, ...person } = ada;
    const other = { ...person, externalId: 'c-2', email: 'ada@other.example' };
    await world.event({ ...base, eventId: 'e-1', at: start, body: { type: 'customer', customer: ada } });
    await world.advanceTo(start + hours(1));
    for (const [orderId, ago] of [
      ['o-1', 10],
      ['o-2', 5],
    ] as const)
      await world.order(anOrder({ orderId, placedAt: start - days(ago), customer: other }));
    for (const [orderId, ahead] of [
      ['o-3', 20],
      ['o-4', 25],
    ] as const) {
      await world.advanceTo(start + days(ahead));
      await world.order(anOrder({ orderId, placedAt: start + days(ahead) }));
    }
    await world.advanceTo(start + days(95));
    expect(world.mails.map(({ to }) => to)).toEqual(['ada@other.example']);
    const body = { type: 'merge', keepExternalId: 'c-1', loseExternalId: 'c-2' } as const;
    await world.event({ ...base, eventId: 'm-1', at: world.now(), body });
    await world.advanceTo(start + days(130));
    expect((await world.customerOf('standard:c-1'))?.customer?.stage).toBe('at_risk');
    expect(world.mails).toHaveLength(1);
  });

  it('gets with the account that stays what the other was only going to get', async () => {
    const world = await makeWorld({ store: { activeCampaigns: ['welcome'] } });
    const base = { store: 'demo', source: 'standard' } as const;
    const { externalId: _id, ...person } = ada;
    await world.event({ ...base, eventId: 'e-1', at: start, body: { type: 'customer', customer: ada } });
    await world.advanceTo(start + hours(1));
    const customer = { ...person, externalId: 'c-2', email: 'ada@other.example' };
    await world.order(anOrder({ orderId: 'o-1', placedAt: start + hours(1), customer }));
    await world.advanceTo(start + hours(3));
    const body = { type: 'merge', keepExternalId: 'c-1', loseExternalId: 'c-2' } as const;
    await world.event({ ...base, eventId: 'm-1', at: world.now(), body });
    await world.advanceTo(start + days(12));
    expect(world.mails.map(({ to }) => to)).toEqual(['ada@example.com']);
  });
});
