import { describe, expect, it } from 'vitest';
import { addressHash } from '../../../shared/domain/identity/identities.ts';
import type { CustomerEvent } from '../../../shared/domain/intake/intake.ts';
import type { Order } from '../../../shared/domain/orders/order.ts';
import { days, hours } from '../../../shared/domain/time.ts';
import { start } from '../../support/customers.ts';
import { copyOf, overCopy, replayed, type World } from '../../support/restorable.ts';
import { ada, anOrder, makeWorld } from '../../support/world.ts';

const person = (name: string) => ({ ...ada, externalId: name, email: `${name}@example.com` });
const orderBy = (name: string, orderId: string, placedAt: number): Order =>
  anOrder({
    orderId,
    placedAt,
    customer: { ...person(name), consent: { state: 'granted', at: placedAt, basis: 'express', source: 'checkout' } },
  });
const eraseEvent = (name: string, at: number): CustomerEvent => ({
  store: 'demo',
  source: 'standard',
  eventId: `erase-${name}`,
  at,
  body: { type: 'erase', externalId: name, email: `${name}@example.com` },
});

/** First orders of people whose mail is not held out, and who are told apart by name. */
const mailed = async (world: World, names: readonly string[], at = world.now()) => {
  const orders = names.map((name) => orderBy(name, `${name}-1`, at));
  for (const order of orders) await world.order(order);
  return orders;
};
const mailsTo = (world: World, name: string) =>
  world.mails.filter(({ to }) => to === `${name}@example.com`).map(({ sendId }) => sendId);
const file = async (world: World, name: string) => world.customerOf(`standard:${name}`);
const isSuppressed = async ({ deps }: World, name: string) =>
  deps.suppressions.find('demo', addressHash(await deps.secrets.deploymentKey(), 'demo', `${name}@example.com`));
/** Weeks pass, and the shop sends all its orders again. */
const weeksLater = async (world: World, orders: readonly Order[]) => {
  world.setSending('on');
  for (const order of orders) await world.ringAgain(order);
  await world.advanceTo(world.now() + days(60));
};
/** Every order as the shop would import it into the copy. */
const imported = async (world: World, orders: readonly Order[]) => {
  for (const order of orders) await world.order(order);
};

/** Names whose welcome is not held out. */
const names = ['bo', 'cy', 'di', 'ed', 'fay', 'gus', 'hal', 'ida'];
const bystanders = names.slice(3);

describe('fault 25: restored backup, re-import', () => {
  it('whoever was erased after the copy was made stays erased, and is not mailed, also when all orders come again', async () => {
    const world = await makeWorld();
    const orders = await mailed(world, names);
    const copy = copyOf(world.table);
    await world.advanceTo(start + hours(5));
    await world.event(eraseEvent('bo', world.now()));
    const restored = await replayed(await overCopy(world, copy));
    expect((await file(restored, 'bo'))?.customer).toMatchObject({ profile: {}, erasedAt: start + hours(5) });
    await imported(restored, orders);
    await weeksLater(restored, orders);
    expect((await file(restored, 'bo'))?.customer?.erasedAt).toBe(start + hours(5));
    expect(mailsTo(restored, 'bo')).toEqual([]);
    expect(JSON.stringify([...restored.table.rows()])).not.toContain('bo@example.com');
  });

  it('whoever came and was erased after the copy was made is no customer again, by any name they had', async () => {
    const world = await makeWorld();
    const copy = copyOf(world.table);
    const lead = anOrder({ orderId: 'bo-0', placedAt: start, customer: { email: 'bo@example.com' } });
    await world.order(lead);
    const orders = [lead, ...(await mailed(world, ['bo']))];
    const id = (await file(world, 'bo'))?.customer?.customerId;
    await world.advanceTo(start + hours(5));
    await world.event(eraseEvent('bo', world.now()));
    const restored = await replayed(await overCopy(world, copy));
    await imported(restored, orders);
    await weeksLater(restored, orders);
    expect((await file(restored, 'bo'))?.customer).toMatchObject({
      customerId: id,
      profile: {},
      erasedAt: start + hours(5),
    });
    expect(restored.mails).toEqual([]);
    expect([...restored.table.rows()].filter(({ entity }) => entity === 'CUSTOMER')).toHaveLength(1);
  });

  it('whoever unsubscribed or complained since gets nothing, known to the copy or not', async () => {
    const world = await makeWorld();
    const early = await mailed(world, ['bo', 'cy']);
    const copy = copyOf(world.table);
    await world.advanceTo(start + hours(1));
    const late = await mailed(world, ['di']);
    for (const name of ['bo', 'di']) {
      const id = (await file(world, name))?.customer?.customerId ?? '';
      await world.deps.customers.restrictContact('demo', id, { optedOutAt: world.now() });
    }
    const hash = addressHash(await world.deps.secrets.deploymentKey(), 'demo', 'cy@example.com');
    await world.deps.suppressions.add('demo', hash, { by: 'complaint', at: world.now() });
    await world.settle();
    const restored = await replayed(await overCopy(world, copy));
    await imported(restored, [...early, ...late]);
    await weeksLater(restored, [...early, ...late]);
    expect(restored.mails).toEqual([]);
    expect(await isSuppressed(restored, 'cy')).toEqual({ by: 'complaint', at: start + hours(1) });
    for (const name of ['bo', 'di']) expect((await file(restored, name))?.contact.optedOutAt).toBe(start + hours(1));
  });

  it('who was mailed since the copy is not mailed again, and who orders afterwards is mailed as ever', async () => {
    const world = await makeWorld();
    const before = await mailed(world, bystanders);
    const copy = copyOf(world.table);
    await world.advanceTo(start + days(6));
    const between = await mailed(world, ['bo', 'cy']);
    await world.advanceTo(start + days(12));
    const went = world.mails.map(({ to }) => to);
    expect(went.length).toBeGreaterThan(2);
    const restored = await replayed(await overCopy(world, copy));
    await imported(restored, [...before, ...between]);
    restored.setSending('on');
    await restored.advanceTo(restored.now() + days(20));
    expect(restored.mails).toEqual([]);
    const withheld = [...restored.table.rows()].flatMap((row) =>
      row.entity === 'SEND' && row.value.state.status === 'skipped' ? [row.value.state.reason] : [],
    );
    expect(withheld.filter((reason) => reason === 'restored').length).toBeGreaterThan(0);
    const fresh = ['jo', 'kay', 'lee', 'max'];
    await mailed(restored, fresh);
    await restored.advanceTo(restored.now() + days(10));
    expect(restored.mails.length).toBeGreaterThan(2);
    expect(new Set(restored.mails.map(({ to }) => to)).size).toBe(restored.mails.length);
  });

  it('what the copy makes anew of the days between mails nobody: a fresh order, a silence that grew too long, a yes', async () => {
    const world = await makeWorld({ store: { doubleOptIn: 'always' } });
    const old = await mailed(world, names);
    await world.advanceTo(start + days(118));
    const copy = copyOf(world.table);
    await world.advanceTo(start + days(120));
    const fresh = await mailed(world, ['jo', 'kay', 'lee', 'max']);
    const yes = (eventId: string): CustomerEvent => ({
      ...{ store: 'demo', source: 'standard', eventId, at: world.now() },
      body: {
        type: 'customer',
        customer: {
          email: `${eventId}@example.com`,
          consent: { state: 'granted', at: world.now(), basis: 'express', source: 'newsletter' },
        },
      },
    });
    const events = [yes('lead'), yes('late')];
    await world.advanceTo(start + days(120) + hours(1));
    const restored = await replayed(await overCopy(world, copy));
    await imported(restored, [...old, ...fresh]);
    for (const event of events) await restored.event(event);
    restored.setSending('on');
    await restored.advanceTo(start + days(140));
    expect(restored.mails).toEqual([]);
    const rows = [...restored.table.rows()];
    const withheld = rows.flatMap((row) =>
      row.entity === 'SEND' && row.value.state.status === 'skipped' ? [row.value] : [],
    );
    const closed = (campaign: string) =>
      withheld.filter(
        (send) => send.campaign === campaign && send.state.status === 'skipped' && send.state.reason === 'restored',
      );
    expect([closed('welcome').length, closed('consent-confirmation').length].map((count) => count > 1)).toEqual([
      true,
      true,
    ]);
    const enrolled = rows.filter(({ entity }) => entity === 'ENROL').length;
    expect(enrolled).toBeGreaterThanOrEqual(closed('welcome').length);
  });

  it('a mail the copy was just sending is not sent again', async () => {
    const world = await makeWorld({ store: {} });
    await mailed(world, names);
    await world.advanceTo(start + days(6));
    const sends = [...world.table.rows()].flatMap((row) =>
      row.entity === 'SEND' && row.value.state.status === 'pending' ? [row.value] : [],
    );
    const [send] = sends;
    if (send === undefined) throw new Error('nobody is to be mailed');
    const { contact } = await world.deps.customers.load('demo', send.customerId, 'decision');
    const sending = {
      ...send,
      version: send.version + 1,
      attempt: 1,
      dueAt: start + days(6) + 180_000,
      state: { status: 'sending', leaseUntil: start + days(6) + 180_000 },
    } as const;
    await world.deps.ledger.reserve(sending, { ...contact, version: contact.version + 1 });
    const restored = await replayed(await overCopy(world, copyOf(world.table)));
    restored.setSending('on');
    await restored.advanceTo(restored.now() + days(30));
    const settled = await restored.deps.ledger.load('demo', send.customerId, send.sendId);
    expect([settled?.state.status, restored.mails]).toEqual(['abandoned', []]);
  });

  it('says how many it put back, and closes what was open at once', async () => {
    const world = await makeWorld();
    await mailed(world, names);
    const copy = copyOf(world.table);
    await world.event(eraseEvent('bo', world.now()));
    const open = [...copy.due()].filter(({ entity }) => entity === 'SEND').length;
    expect(open).toBeGreaterThan(2);
    const restored = await replayed(await overCopy(world, copy));
    expect(await restored.deps.restores.load('demo')).toMatchObject({
      total: 2,
      done: { erasures: 1, suppressions: 1, sends: open },
    });
    expect([...restored.table.due()].filter(({ entity }) => entity === 'SEND')).toEqual([]);
    expect((await restored.deps.catalogue.settings('demo', restored.now()))?.restoredAt).toBe(start);
  });
});
