import { describe, expect, it } from 'vitest';
import type { CustomerSnapshot } from '../../../shared/domain/customers/profile.ts';
import { days, hours } from '../../../shared/domain/time.ts';
import { start } from '../../support/customers.ts';
import { ada, anOrder, makeWorld } from '../../support/world.ts';

const base = { store: 'demo', source: 'standard', at: start + hours(2) } as const;
const { consent: saidYes, ...silentAda } = ada;

/** Ada has two accounts: the one that stays is older, and the other was merged into it. */
const merged = async (kept: CustomerSnapshot, lost: CustomerSnapshot) => {
  const world = await makeWorld({ store: { activeCampaigns: ['welcome'] } });
  const tell = (eventId: string, customer: CustomerSnapshot) =>
    world.event({ ...base, eventId, body: { type: 'customer', customer } });
  await tell('e-1', { externalId: 'c-1' });
  await world.advanceTo(start + hours(1));
  await tell('e-2', { ...lost, externalId: 'c-2' });
  await tell('e-3', { ...kept, externalId: 'c-1' });
  await world.event({ ...base, eventId: 'm-1', body: { type: 'merge', keepExternalId: 'c-1', loseExternalId: 'c-2' } });
  const [root, alias] = await Promise.all(['standard:c-1', 'standard:c-2'].map(world.customerOf));
  expect(alias?.customer?.mergedInto).toBe(root?.customer?.customerId);
  return world;
};
const yes = saidYes === undefined ? {} : { consent: saidYes };
const other: CustomerSnapshot = { ...silentAda, email: 'ada@other.example', firstName: 'Adele' };
const mailsAfter = async (world: Awaited<ReturnType<typeof merged>>) => {
  await world.advanceTo(start + days(1));
  const customer = { externalId: 'c-1' };
  await world.order(anOrder({ orderId: 'o-1', placedAt: start + days(1), customer }));
  await world.advanceTo(start + days(12));
  return world.mails.map(({ to }) => to);
};

describe('erasing the losing account of a merge, by its id alone', () => {
  const erased = async (kept: CustomerSnapshot, lost: CustomerSnapshot) => {
    const world = await merged(kept, lost);
    await world.event({ ...base, eventId: 'd-1', body: { type: 'erase', externalId: 'c-2' } });
    return world;
  };

  it('forgets what was its own, and goes on mailing the customer who was kept', async () => {
    const world = await erased(ada, other);
    const lost = (await world.customerOf('standard:c-2'))?.customer;
    expect(lost?.erasedAt).toBeDefined();
    expect(JSON.stringify([...world.table.rows()].map(({ value }) => value))).not.toMatch(/other\.example|Adele/);
    expect(await mailsAfter(world)).toEqual(['ada@example.com']);
  });

  it('does not suppress an address that the kept customer has as well', async () => {
    const lost = { ...silentAda, firstName: 'Adele' };
    expect(await mailsAfter(await erased(ada, lost))).toEqual(['ada@example.com']);
  });

  it('leaves a kept customer without mail who never said yes: the yes went with the account that gave it', async () => {
    expect(await mailsAfter(await merged(silentAda, { ...other, ...yes }))).toEqual(['ada@example.com']);
    expect(await mailsAfter(await erased(silentAda, { ...other, ...yes }))).toEqual([]);
  });

  it('keeps an opt-out that was given with it', async () => {
    const world = await merged(ada, other);
    const alias = await world.deps.identities.find('demo', 'standard:c-2');
    await world.deps.customers.restrictContact('demo', alias ?? '', { optedOutAt: start + hours(3) });
    await world.event({ ...base, eventId: 'd-1', body: { type: 'erase', externalId: 'c-2' } });
    expect(await mailsAfter(world)).toEqual([]);
  });

  it('mails nobody when the address itself is suppressed', async () => {
    const world = await merged(ada, other);
    await world.event({
      ...base,
      eventId: 'd-0',
      body: { type: 'erase', externalId: 'c-2', email: 'ada@example.com' },
    });
    expect(await mailsAfter(world)).toEqual([]);
  });
});
