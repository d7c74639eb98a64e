import { describe, expect, it } from 'vitest';
import { noContact } from '../../shared/domain/customers/contact.ts';
import type { CustomerStore } from '../../shared/ports/customer-store.ts';
import type { DueIndex } from '../../shared/ports/due-index.ts';
import type { Counters } from '../../shared/ports/store-settings.ts';
import {
  sampleCustomer,
  sampleEnrolment,
  sampleNow,
  sampleRow,
  sampleStatement,
  sampleVisit,
} from '../support/samples.ts';

export type CustomerWorld = Readonly<{ customers: CustomerStore; due: DueIndex; counters: Counters }>;

const { store, customerId } = sampleCustomer();
const day = '2026-01-05';

const saves = (open: () => Promise<CustomerWorld>) => {
  it('reads nobody as an empty file, not as a fault', async () => {
    const { customers } = await open();
    expect(await customers.load(store, customerId, 'whole')).toEqual({
      contact: noContact,
      orderRows: [],
      enrolments: [],
      sends: [],
      visits: [],
      consents: [],
      liftings: [],
    });
  });

  it('gives back exactly what was saved', async () => {
    const { customers } = await open();
    const customer = sampleCustomer({ aliases: ['other'], experimentKey: 'older' });
    expect(await customers.save(customer)).toEqual({ type: 'saved' });
    expect((await customers.load(store, customerId, 'decision')).customer).toEqual(customer);
  });

  it('gives many customers at once, and leaves out who is not there', async () => {
    const { customers } = await open();
    const ids = Array.from({ length: 120 }, (_, n) => `c${n}`);
    await Promise.all(ids.map((id) => customers.save(sampleCustomer({ customerId: id }))));
    const found = await customers.loadMany(store, [...ids, 'nobody']);
    expect(found.map((customer) => customer.customerId).toSorted()).toEqual(ids.toSorted());
    expect(found.find((customer) => customer.customerId === 'c7')).toEqual(sampleCustomer({ customerId: 'c7' }));
    expect(await customers.loadMany(store, [])).toEqual([]);
  });

  it('refuses a save that does not follow the version that stands', async () => {
    const { customers } = await open();
    await customers.save(sampleCustomer({ version: 1 }));
    expect(await customers.save(sampleCustomer({ version: 1, stage: 'lost' }))).toEqual({ type: 'stale' });
    expect(await customers.save(sampleCustomer({ version: 3, stage: 'lost' }))).toEqual({ type: 'stale' });
    expect(await customers.save(sampleCustomer({ version: 2, stage: 'active' }))).toEqual({ type: 'saved' });
    expect((await customers.load(store, customerId, 'orders')).customer?.stage).toBe('active');
  });

  it('refuses a save that names a version the store never had', async () => {
    const { customers } = await open();
    expect(await customers.save(sampleCustomer({ version: 8 }))).toEqual({ type: 'stale' });
    expect((await customers.load(store, customerId, 'decision')).customer).toBeUndefined();
  });

  it('lets one of several writers of the same version win', async () => {
    const { customers } = await open();
    const stages = ['new', 'active', 'loyal', 'lost'];
    const outcomes = await Promise.all(stages.map((stage) => customers.save(sampleCustomer({ stage }))));
    expect(outcomes.filter(({ type }) => type === 'saved')).toHaveLength(1);
  });

  it('keeps the customer due at wakeAt and nowhere without one', async () => {
    const { customers, due } = await open();
    await customers.save(sampleCustomer({ wakeAt: sampleNow }));
    expect(await due.oldest('customer', 0, 10)).toEqual([
      { kind: 'customer', dueAt: sampleNow, store, customerId, item: 'CUSTOMER' },
    ]);
    const { wakeAt: _, ...asleep } = sampleCustomer({ version: 2 });
    await customers.save(asleep);
    expect(await due.oldest('customer', 0, 10)).toEqual([]);
  });
};

const rows = (open: () => Promise<CustomerWorld>) => {
  it('keeps the newest version of an order row, whatever the order of arrival', async () => {
    const { customers } = await open();
    const key = sampleRow().key;
    for (const version of ['2', '3', '1', '3']) {
      await customers.putOrderRow(store, customerId, sampleRow({ version, totalMinor: Number(version) }));
    }
    const { orderRows } = await customers.load(store, customerId, 'decision');
    expect(orderRows).toEqual([sampleRow({ key, version: '3', totalMinor: 3 })]);
  });

  it('keeps every field of a row, with ids beyond 2^53 exact', async () => {
    const { customers } = await open();
    const row = sampleRow({
      key: 'standard:99007199254740993#x',
      status: 'partially_refunded',
      kind: 'gift_card',
      channel: 'pos',
      test: true,
      deliveredAt: sampleNow,
      refundedMinor: 5,
      besidesMinor: 0,
    });
    const { totalMinor: _, ...foreign } = row;
    await customers.putOrderRow(store, customerId, foreign);
    expect((await customers.load(store, customerId, 'orders')).orderRows).toEqual([foreign]);
  });

  it('reads on where one page of a Query, 1 MB, is not all', async () => {
    const { customers } = await open();
    const long = ['1', '2', '3', '4'].map((o) => sampleEnrolment({ occurrence: o, startedBy: 'x'.repeat(300_000) }));
    for (const one of long) await customers.putEnrolment(store, customerId, one);
    await customers.putOrderRow(store, customerId, sampleRow());
    const file = await customers.load(store, customerId, 'decision');
    expect(file.enrolments).toEqual(long);
    expect(file.orderRows).toEqual([sampleRow()]);
  });

  it('shows a decision neither consents, nor sends, nor visits, and the whole everything', async () => {
    const { customers } = await open();
    await customers.save(sampleCustomer());
    await customers.putOrderRow(store, customerId, sampleRow());
    await customers.putEnrolment(store, customerId, sampleEnrolment());
    await customers.putConsent(store, customerId, sampleStatement());
    await customers.recordVisit(store, customerId, sampleVisit());
    await customers.restrictContact(store, customerId, { optedOutAt: sampleNow });
    const contact = { version: 1, optedOutAt: sampleNow, sends: [] };
    const rows = { orderRows: [sampleRow()], enrolments: [sampleEnrolment()], liftings: [] };
    const decision = { customer: sampleCustomer(), contact, ...rows };
    const none = { sends: [], visits: [], consents: [] };
    expect(await customers.load(store, customerId, 'decision')).toEqual({ ...decision, ...none });
    expect(await customers.load(store, customerId, 'orders')).toEqual({ ...decision, ...none });
    expect(await customers.load(store, customerId, 'whole')).toEqual({
      ...decision,
      sends: [],
      visits: [sampleVisit()],
      consents: [sampleStatement()],
    });
  });
};

const triggers = (open: () => Promise<CustomerWorld>) => {
  it('counts a visit once, however often it is recorded', async () => {
    const { customers, counters } = await open();
    await customers.recordVisit(store, customerId, sampleVisit());
    await Promise.all([1, 2, 3].map(() => customers.recordVisit(store, customerId, sampleVisit())));
    await customers.recordVisit(store, customerId, sampleVisit({ visit: 2, stage: 'active', from: 'new' }));
    expect(await counters.read(store, 'stage', day, day)).toEqual([{ day, counts: { new: 0, active: 1 } }]);
    expect(await counters.read(store, 'stage', '2026-01-06', '2026-02-01')).toEqual([]);
    expect(await counters.read('other', 'stage', day, day)).toEqual([]);
  });

  it('keeps the first record of a visit', async () => {
    const { customers } = await open();
    await customers.recordVisit(store, customerId, sampleVisit());
    await customers.recordVisit(store, customerId, sampleVisit({ stage: 'lost' }));
    expect((await customers.load(store, customerId, 'whole')).visits).toEqual([sampleVisit()]);
  });

  it('keeps a visit due until it is settled, and settling it twice or never recorded changes nothing', async () => {
    const { customers, due } = await open();
    const visit = sampleVisit({ dueAt: sampleNow + 60_000 });
    await customers.recordVisit(store, customerId, visit);
    expect(await due.oldest('enrolment', 0, 10)).toEqual([
      { kind: 'enrolment', dueAt: sampleNow + 60_000, store, customerId, item: 'VISIT#1' },
    ]);
    await customers.settleVisit(store, customerId, 1);
    await customers.settleVisit(store, customerId, 1);
    await customers.settleVisit(store, customerId, 9);
    expect(await due.oldest('enrolment', 0, 10)).toEqual([]);
    expect((await customers.load(store, customerId, 'whole')).visits).toEqual([sampleVisit()]);
  });

  it('keeps a consent statement once, and due until it is settled', async () => {
    const { customers, due } = await open();
    const statement = sampleStatement({ dueAt: sampleNow });
    await customers.putConsent(store, customerId, statement);
    await customers.putConsent(store, customerId, { ...statement, source: 'elsewhere' });
    await customers.putConsent(store, customerId, sampleStatement({ id: 'another', state: 'withdrawn' }));
    expect(await due.oldest('enrolment', 0, 10)).toHaveLength(1);
    await customers.settleConsent(store, customerId, statement);
    expect(await due.oldest('enrolment', 0, 10)).toEqual([]);
    const { consents } = await customers.load(store, customerId, 'whole');
    expect(consents).toHaveLength(2);
    expect(consents).toContainEqual(sampleStatement());
  });
};

/** Every customer store keeps these rules; run over each adapter. `due` has one shard. */
export const customerStoreContract = (open: () => Promise<CustomerWorld>): void => {
  describe('saving', () => saves(open));
  describe('order rows', () => rows(open));
  describe('what starts enrolments', () => triggers(open));
};
