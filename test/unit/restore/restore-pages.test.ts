import { expect, it } from 'vitest';
import { startRestore } from '../../../functions/restore/start-restore.ts';
import { restorePerMinute } from '../../../shared/domain/restore/restore.ts';
import { minutes } from '../../../shared/domain/time.ts';
import { start } from '../../support/customers.ts';
import { erasureLogged, type World } from '../../support/restorable.ts';
import { anOrder, makeWorld } from '../../support/world.ts';

const begun = async (world: World): Promise<void> => {
  world.setSending('paused');
  const { restores, killSwitch } = world.deps;
  await startRestore({ restores, isStopped: () => killSwitch.isOn() }, 'demo', { now: world.now() });
};
const state = ({ deps }: World) => deps.restores.load('demo');

it('asks again for an erasure that got lost on the way to react, and is finished only when it is done', async () => {
  const world = await makeWorld();
  await world.order(anOrder({ orderId: '1', placedAt: start }));
  const id = (await world.deps.identities.find('demo', 'standard:c-1')) ?? '';
  await world.deps.erasureLog.note(erasureLogged(id));
  await begun(world);
  world.setDown(['react']);
  await world.advanceTo(start + 1);
  world.trimStream(['react']);
  world.setDown([]);
  expect((await world.customerOf('standard:c-1'))?.contact.erasedAt).toBe(start);
  expect((await world.customerOf('standard:c-1'))?.customer?.erasedAt).toBeUndefined();
  await world.advanceTo(start + minutes(1));
  expect(await state(world)).toMatchObject({ step: 'making-sure', round: 1 });
  expect((await state(world))?.finishedAt).toBeUndefined();
  await world.advanceTo(start + minutes(3));
  expect((await world.customerOf('standard:c-1'))?.customer?.erasedAt).toBe(start);
  expect((await state(world))?.finishedAt).toBe(start + minutes(2));
});

it('says who is left when react never comes to it', async () => {
  const world = await makeWorld();
  await world.order(anOrder({ orderId: '1', placedAt: start }));
  await world.deps.erasureLog.note(erasureLogged((await world.deps.identities.find('demo', 'standard:c-1')) ?? ''));
  await begun(world);
  world.setDown(['react']);
  await world.advanceTo(start + minutes(10));
  expect(await state(world)).toMatchObject({ round: 5, left: 1, finishedAt: start + minutes(5) });
});

it('works in pages and minutes, goes on where it stopped, and sees to everything once', async () => {
  const world = await makeWorld();
  const people = restorePerMinute + 120;
  for (let n = 0; n < people; n++)
    await world.deps.erasureLog.note({
      ...{ type: 'withdrawal', store: 'demo', customerId: `c${n}`, optedOutAt: n + 1, names: [] },
    });
  await begun(world);
  await world.advanceTo(start + 1);
  expect(await state(world)).toMatchObject({ step: 'log', total: people, done: { withdrawals: restorePerMinute } });
  await world.advanceTo(start + minutes(1));
  expect(await state(world)).toMatchObject({ step: 'making-sure', done: { withdrawals: people } });
  const contacts = [...world.table.rows()].filter(({ entity }) => entity === 'CONTACT');
  expect(contacts).toHaveLength(people);
}, 30_000);

it('closes what the copy had planned, however much of it, and leaves what was planned since', async () => {
  const world = await makeWorld();
  for (let n = 0; n < 130; n++) {
    const customer = {
      externalId: `p${n}`,
      email: `p${n}@example.com`,
      consent: { state: 'granted', at: start, basis: 'express', source: 'checkout' },
    } as const;
    await world.order(anOrder({ orderId: `${n}`, placedAt: start, customer }));
  }
  const open = () => [...world.table.due()].filter(({ entity }) => entity === 'SEND').length;
  const planned = open();
  expect(planned).toBeGreaterThan(100);
  await begun(world);
  await world.advanceTo(start + 1_000);
  const later = {
    externalId: 'later',
    email: 'later@example.com',
    consent: { state: 'granted', at: start, basis: 'express', source: 'checkout' },
  } as const;
  for (const n of ['a', 'b', 'c'])
    await world.order(
      anOrder({ orderId: n, placedAt: world.now(), customer: { ...later, externalId: n, email: `${n}@example.com` } }),
    );
  await world.advanceTo(start + minutes(3));
  expect((await state(world))?.done.sends).toBe(planned);
  expect(open()).toBeGreaterThan(0);
  expect(open()).toBeLessThanOrEqual(3);
});
