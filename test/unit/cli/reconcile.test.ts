import { describe, expect, it } from 'vitest';
import { days, minutes } from '../../../shared/domain/time.ts';
import { start } from '../../support/customers.ts';
import { ada, anOrder } from '../../support/world.ts';
import { cliScene } from './cli-scene.ts';

/** A shop whose orders of the last days nobody read. */
const afterOutage = async (isTty: boolean) => {
  const scene = await cliScene({ isTty });
  const { system } = scene;
  system.setDown(['react']);
  for (const n of [1, 2, 3])
    await system.order(
      anOrder({
        orderId: `o-${n}`,
        placedAt: start,
        customer: { ...ada, externalId: `c-${n}`, email: `p${n}@example.com` },
      }),
    );
  system.trimStream(['react']);
  system.setDown([]);
  return scene;
};

describe('perennial reconcile', () => {
  it('finds what nobody read, shows how it comes on, and says what it cost and what to do next', async () => {
    const scene = await afterOutage(true);
    const { code, out, complaints } = await scene.run('reconcile');
    expect([complaints, code]).toEqual(['', 0]);
    expect(out).toMatch(/ 0 customers told again, 3 orders, refunds and events looked at again\n {2}read \d+ units/);
    expect(out).toContain('Next: ');
    expect(scene.statuses.some((line) => line.includes('items searched'))).toBe(true);
    expect((await scene.system.customerOf('standard:c-2'))?.customer?.stage).toBe('new');
  });

  it('comes back at once where nobody looks, goes on by itself, and does not begin twice', async () => {
    const scene = await afterOutage(false);
    const begun = (await scene.run('reconcile --json')).json();
    expect(begun).toMatchObject({ begun: true, reconcile: { walk: 'customers', customers: 0 } });
    const again = await scene.run('reconcile --since 2025-01-05T00:00:00Z');
    expect(again.out).toContain('one is under way that leaves nothing out');
    expect(again.out).toContain('reconcile --status');
    await scene.system.advanceTo(start + minutes(10));
    const { reconcile } = (await scene.run('reconcile --status --json')).json();
    expect(reconcile).toMatchObject({ startedAt: begun.reconcile.startedAt, arrivals: 3 });
    expect(reconcile.finishedAt).toBeDefined();
  });

  it('passes over what is dated long before the outage', async () => {
    const scene = await afterOutage(false);
    await scene.system.advanceTo(start + days(9));
    await scene.run('reconcile --since 2025-01-14T09:00:00+01:00');
    await scene.system.advanceTo(scene.system.now() + minutes(10));
    const { reconcile } = (await scene.run('reconcile --status --json')).json();
    expect(reconcile).toMatchObject({ since: '2025-01-14T08:00:00.000Z', arrivals: 0 });
  });

  it('says where there was none so far', async () => {
    const scene = await cliScene();
    expect((await scene.run('reconcile --status')).out).toContain('nothing had to be reconciled so far');
    expect((await scene.run('reconcile --status --json')).json()).toEqual({ reconcile: null });
  });

  it.each([
    ['reconcile --since yesterday', 'must be an instant with its offset', 2],
    ['reconcile now', 'reconcile takes no words', 2],
    ['reconcile --since 2999-01-01T00:00:00Z', 'must be an instant that has passed', 1],
  ])('%s: %s', async (line, why, exit) => {
    const { code, complaints } = await (await cliScene()).run(line);
    expect([code, complaints]).toEqual([exit, expect.stringContaining(why)]);
  });
});
