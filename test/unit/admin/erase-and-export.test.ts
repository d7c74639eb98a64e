import { describe, expect, it } from 'vitest';
import { exportView } from '../../../functions/admin/customers/export-customer.ts';
import { tombstoneOf } from '../../../shared/domain/customers/tombstone.ts';
import { linkedTo } from '../../../shared/domain/identity/alias.ts';
import { sampleRow, sampleStatement } from '../../support/samples.ts';
import { anOrder } from '../../support/world.ts';
import { ada, adminScene, now, skipped } from './admin-scene.ts';

const order = anOrder({ orderId: '1002', placedAt: now - 1 });

const opened = async () => {
  const scene = await adminScene();
  await scene.add({ ...ada, aliases: ['ada-2'] }, 'standard:c-1');
  await scene.customers.save(linkedTo({ ...ada, customerId: 'ada-2', version: 0 }, 'ada-1'));
  await scene.customers.putOrderRow('demo', 'ada-1', sampleRow({ key: 'standard:1002' }));
  await scene.customers.putConsent('demo', 'ada-2', sampleStatement());
  await scene.ledger.create(skipped);
  await scene.intake.putOrder(order, '1');
  return scene;
};

describe('DELETE /v1/customers/{id}', () => {
  it('asks react for the erasure, of the root also when an alias is named', async () => {
    const scene = await opened();
    for (const id of ['ada-1', 'ada-2']) {
      const { status, body } = await scene.ask({ method: 'DELETE', path: `/v1/customers/${id}` });
      expect([status, body]).toEqual([200, { id: 'ada-1', status: 'accepted' }]);
    }
    const call = { type: 'erasure', store: 'demo', customer: 'ada-1', at: now };
    expect(scene.reactCalls).toEqual([call, call]);
  });

  it('answers 404 and 410 like any other call, and asks for nothing', async () => {
    const scene = await adminScene();
    await scene.customers.save(tombstoneOf({ ...ada, version: 0 }, now));
    expect((await scene.ask({ method: 'DELETE', path: '/v1/customers/ada-1' })).status).toBe(410);
    expect((await scene.ask({ method: 'DELETE', path: '/v1/customers/nobody' })).status).toBe(404);
    expect(scene.reactCalls).toEqual([]);
  });
});

describe('POST /v1/customers/{id}:export', () => {
  it('gives everything that is kept, of every account, with the orders as they came', async () => {
    const scene = await opened();
    const { status, body } = await scene.ask({ method: 'POST', path: '/v1/customers/ada-1:export' });
    expect(status).toBe(200);
    const { accounts } = exportView.parse(body);
    expect(accounts.map(({ customer }) => customer['customerId'])).toEqual(['ada-1', 'ada-2']);
    expect(accounts[0]?.customer['profile']).toEqual(ada.profile);
    expect(accounts[0]?.sends).toMatchObject([{ sendId: 'send-1', state: { reason: 'holdout' } }]);
    expect(accounts[0]?.orders).toMatchObject([{ order: { orderId: '1002', customer: { email: 'ada@example.com' } } }]);
    expect(accounts[1]?.consents).toMatchObject([{ state: 'granted' }]);
  });

  it('leaves out nothing a customer file has: preferences, suppressions by hash and liftings too', async () => {
    const scene = await adminScene();
    const address = 'hash-of-ada';
    await scene.add({ ...ada, identities: ['standard:c-1', `email:${address}`] }, 'standard:c-1');
    await scene.suppressions.add('demo', address, { by: 'bounce', at: now - 9 });
    await scene.suppressions.lift('demo', address, now - 8);
    await scene.customers.putLifting('demo', 'ada-1', { at: now - 8, by: 'bounce', suppressedAt: now - 9 });
    await scene.customers.putPreferences('demo', 'ada-1', { topicsOff: ['news'], monthlySince: now });
    const { body } = await scene.ask({ method: 'POST', path: '/v1/customers/ada-1:export' });
    const [account] = exportView.parse(body).accounts;
    expect(account?.contact).toMatchObject({ topicsOff: ['news'], monthlySince: now });
    expect(account?.suppressions).toEqual([{ address, by: 'bounce', at: now - 9, liftedAt: now - 8 }]);
    expect(account?.liftings).toEqual([{ at: now - 8, by: 'bounce', suppressedAt: now - 9 }]);
    const { orderRows: _rows, ...kept } = await scene.customers.load('demo', 'ada-1', 'whole');
    expect(Object.keys(account ?? {})).toEqual(expect.arrayContaining([...Object.keys(kept), 'orders']));
  });

  it('knows nothing any more of who was erased', async () => {
    const scene = await adminScene();
    await scene.customers.save(tombstoneOf({ ...ada, version: 0 }, now));
    const { status, body } = await scene.ask({ method: 'POST', path: '/v1/customers/ada-1:export' });
    expect(status).toBe(410);
    expect(JSON.stringify(body)).not.toContain('ada@example.com');
  });
});
