import { describe, expect, it } from 'vitest';
import { react } from '../../../functions/react/react.ts';
import { changesBetween } from '../../../shared/domain/customers/changes-between.ts';
import { tombstoneOf } from '../../../shared/domain/customers/tombstone.ts';
import { linkedTo } from '../../../shared/domain/identity/alias.ts';
import { days, hours } from '../../../shared/domain/time.ts';
import { start } from '../../support/customers.ts';
import { sampleCustomer, sampleNow } from '../../support/samples.ts';
import { anOrder, makeWorld } from '../../support/world.ts';

const mergeOf = (keepExternalId: string, loseExternalId: string) => ({
  ...({ store: 'demo', source: 'standard', eventId: 'm-1', at: start } as const),
  body: { type: 'merge', keepExternalId, loseExternalId } as const,
});
const orderOf = (externalId: string, orderId: string, placedAt: number) =>
  anOrder({ orderId, placedAt, customer: { externalId } });

describe('fault 24: two accounts of one person', () => {
  it('are one customer when the merge comes before either account is known', async () => {
    const world = await makeWorld();
    await world.event(mergeOf('c-1', 'c-2'));
    await world.order(orderOf('c-1', 'o-1', start - days(2)));
    await world.order(orderOf('c-2', 'o-2', start));
    const [one, other] = [await world.customerOf('standard:c-1'), await world.customerOf('standard:c-2')];
    expect(one?.customer?.customerId).toBe(other?.customer?.customerId);
    expect(one?.customer?.history.orders).toBe(2);
  });

  it('leave no customer behind when nobody ever orders', async () => {
    const world = await makeWorld();
    await world.event(mergeOf('c-1', 'c-2'));
    expect((await world.customerOf('standard:c-1'))?.customer).toBeUndefined();
  });

  for (const [keep, lose] of [
    ['c-1', 'c-2'],
    ['c-2', 'c-1'],
  ] as const)
    it(`bring their orders together although the look at the root was cut short (${keep} stays)`, async () => {
      const world = await makeWorld();
      await world.order(orderOf('c-1', 'o-1', start - days(2)));
      await world.order(orderOf('c-2', 'o-2', start));
      await world.deps.intake.putEvent(mergeOf(keep, lose));
      const call = { type: 'event', store: 'demo', source: 'standard', eventId: 'm-1' } as const;
      let saves = 0;
      const customers = {
        ...world.deps.customers,
        save: (customer: Parameters<typeof world.deps.customers.save>[0]) => {
          if (++saves === 2) throw new Error('gone');
          return world.deps.customers.save(customer);
        },
      };
      expect(await react({ ...world.deps, customers }, [call], world.now())).toHaveLength(1);
      expect(await react(world.deps, [call], world.now())).toEqual([]);
      const files = await Promise.all(['standard:c-1', 'standard:c-2'].map(world.customerOf));
      const root = files.find((file) => file?.customer?.mergedInto === undefined);
      expect(root?.customer?.history.orders).toBe(2);
    });

  it('bring along whoever had joined them before', async () => {
    const world = await makeWorld();
    // First the two younger ones become one, then their root joins the oldest.
    for (const n of [1, 2, 3]) {
      await world.advanceTo(start + hours(n));
      await world.order(orderOf(`c-${n}`, `o-${n}`, start - days(6 - 2 * n)));
    }
    await world.event({ ...mergeOf('c-2', 'c-3'), eventId: 'm-1' });
    await world.event({ ...mergeOf('c-1', 'c-2'), eventId: 'm-2' });
    const files = await Promise.all(['standard:c-1', 'standard:c-2', 'standard:c-3'].map(world.customerOf));
    const roots = files.filter((file) => file?.customer?.mergedInto === undefined);
    expect(roots.map((file) => file?.customer?.history.orders)).toEqual([3]);
  });

  it('become one although an order was written in the moment they were linked', async () => {
    const world = await makeWorld();
    await world.order(orderOf('c-1', 'o-1', start - days(2)));
    await world.advanceTo(start + hours(1));
    await world.order(orderOf('c-2', 'o-2', start));
    await world.deps.intake.putEvent(mergeOf('c-1', 'c-2'));
    let comesBetween = true;
    const { customers } = world.deps;
    const save: typeof customers.save = async (customer) => {
      if (comesBetween && customer.mergedInto !== undefined) {
        comesBetween = false;
        const there = (await customers.load('demo', customer.customerId, 'decision')).customer;
        if (there !== undefined)
          await customers.save({ ...there, version: there.version + 1, decidedAt: there.decidedAt });
      }
      return customers.save(customer);
    };
    const call = { type: 'event', store: 'demo', source: 'standard', eventId: 'm-1' } as const;
    expect(await react({ ...world.deps, customers: { ...customers, save } }, [call], world.now())).toEqual([]);
    expect((await world.customerOf('standard:c-1'))?.customer?.history.orders).toBe(2);
  });

  it('leave their stages once: the erasure of an alias moves nobody', () => {
    const alias = linkedTo(sampleCustomer(), 'root');
    expect(changesBetween(alias, tombstoneOf(alias, sampleNow)).visit).toBeUndefined();
    expect(changesBetween(sampleCustomer(), tombstoneOf(sampleCustomer(), sampleNow)).visit?.stage).toBe('erased');
  });
});
