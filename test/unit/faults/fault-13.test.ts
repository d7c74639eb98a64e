import { describe, expect, it } from 'vitest';
import { enrolCustomer } from '../../../functions/enrol/enrol-customer.ts';
import type { BusFact } from '../../../shared/domain/bus-fact.ts';
import { days } from '../../../shared/domain/time.ts';
import type { CustomerCall } from '../../../shared/ports/work-queue.ts';
import { start } from '../../support/customers.ts';
import { ada, anOrder, makeWorld } from '../../support/world.ts';

describe('fault 13: facts of an archive reach enrol after all, by a rule of somebody else', () => {
  it('make no new send, and change none', async () => {
    const world = await makeWorld();
    const archive: CustomerCall[] = [];
    const { publish } = world.deps.bus;
    world.deps.bus.publish = async (facts: readonly BusFact[]) => {
      archive.push(...facts);
      await publish(facts);
    };
    for (const n of [1, 2, 3]) {
      const customer = { ...ada, externalId: `c-${n}`, email: `p${n}@example.com` };
      await world.order(anOrder({ orderId: `o-${n}`, placedAt: start, customer }));
      await world.order(
        anOrder({ orderId: `o-${n}`, placedAt: start, updatedAt: start + 1, deliveredAt: start, customer }),
      );
    }
    await world.advanceTo(start + days(12));
    expect(world.mails.length).toBeGreaterThan(2);
    expect(archive.length).toBeGreaterThan(5);
    const rows = () => JSON.stringify([...world.table.rows()].map(({ key, value, due }) => [key, value, due]));
    const [before, mailed] = [rows(), world.mails.length];
    for (const call of archive) await enrolCustomer(world.deps, call, world.now());
    expect(rows()).toBe(before);
    await world.advanceTo(world.now() + days(2));
    expect(world.mails).toHaveLength(mailed);
  });
});
