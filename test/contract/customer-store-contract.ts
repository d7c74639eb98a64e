import { describe, expect, it } from 'vitest';
import { noContact } from '../../shared/domain/customers/contact.ts';
import { hours } from '../../shared/domain/time.ts';
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
    });
  });

  it('gives back exactly what was saved', async () => {
    const { customers } = await open();
    const customer = sampleCustomer({ aliases: ['other'], experimentKey: 'older', enrolled: true });
    expect(await customers.save(customer)).toEqual({ type: 'saved' });
    expect((await customers.load(store, customerId, 'decision')).customer).toEqual(customer);
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
    const decision = { customer: sampleCustomer(), contact, orderRows: [sampleRow()], enrolments: [sampleEnrolment()] };
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

const enrolment = (open: () => Promise<CustomerWorld>) => {
  it('enrols once for one occurrence', async () => {
    const { customers } = await open();
    expect(await customers.putEnrolment(store, customerId, sampleEnrolment())).toEqual({ type: 'saved' });
    expect(await customers.putEnrolment(store, customerId, sampleEnrolment({ arm: 'held-out' }))).toEqual({
      type: 'stale',
    });
    expect(await customers.putEnrolment(store, customerId, sampleEnrolment({ occurrence: '2' }))).toEqual({
      type: 'saved',
    });
    const { enrolments } = await customers.load(store, customerId, 'decision');
    expect(enrolments.map(({ arm, occurrence }) => [arm, occurrence])).toEqual([
      ['mailed', '1'],
      ['mailed', '2'],
    ]);
  });

  it('marks the first conversion and the first end only, each on its own', async () => {
    const { customers } = await open();
    await customers.putEnrolment(store, customerId, sampleEnrolment());
    await customers.endEnrolment(store, customerId, sampleEnrolment({ convertedAt: 5 }));
    await customers.endEnrolment(
      store,
      customerId,
      sampleEnrolment({ convertedAt: 9, status: 'ended', endedBy: 'matured' }),
    );
    await customers.endEnrolment(store, customerId, sampleEnrolment({ status: 'ended', endedBy: 'erased' }));
    expect((await customers.load(store, customerId, 'decision')).enrolments).toEqual([
      sampleEnrolment({ convertedAt: 5, status: 'ended', endedBy: 'matured' }),
    ]);
  });

  it('ends nothing that never began', async () => {
    const { customers } = await open();
    await customers.endEnrolment(store, customerId, sampleEnrolment({ convertedAt: 5 }));
    expect((await customers.load(store, customerId, 'decision')).enrolments).toEqual([]);
    expect(await customers.putEnrolment(store, customerId, sampleEnrolment())).toEqual({ type: 'saved' });
  });
};

const restrictions = (open: () => Promise<CustomerWorld>) => {
  it('opts out somebody of whom nothing is known yet', async () => {
    const { customers } = await open();
    await customers.restrictContact(store, customerId, { optedOutAt: sampleNow });
    const { contact } = await customers.load(store, customerId, 'decision');
    expect(contact).toEqual({ version: 1, optedOutAt: sampleNow, sends: [] });
  });

  it('keeps the latest date of each kind, in whatever order they come', async () => {
    const { customers } = await open();
    const complaint = { optedOutAt: 50, complainedAt: 50, suppressedAt: 50, suppressedBy: 'complaint' } as const;
    await customers.restrictContact(store, customerId, { optedOutAt: 80 });
    await customers.restrictContact(store, customerId, complaint);
    await customers.restrictContact(store, customerId, { suppressedAt: 40, suppressedBy: 'bounce', optedOutAt: 20 });
    await customers.restrictContact(store, customerId, { optedOutAt: 90 });
    const { contact } = await customers.load(store, customerId, 'decision');
    const { version, ...rest } = contact;
    expect(rest).toEqual({ optedOutAt: 90, complainedAt: 50, suppressedAt: 50, suppressedBy: 'complaint', sends: [] });
    expect(version).toBeGreaterThan(2);
  });

  it('raises the version whenever a date moved, and only then', async () => {
    const { customers } = await open();
    const versions: number[] = [];
    for (const optedOutAt of [1, 2, 2, 1, 3]) {
      await customers.restrictContact(store, customerId, { optedOutAt });
      versions.push((await customers.load(store, customerId, 'decision')).contact.version);
    }
    expect(versions).toEqual([1, 2, 2, 2, 3]);
  });
};

const lists = (open: () => Promise<CustomerWorld>) => {
  const ids = Array.from({ length: 25 }, (_, i) => `customer-${i}`);
  const filled = async () => {
    const world = await open();
    const stageOf = (i: number) => (i % 5 === 0 ? 'lost' : 'active');
    await Promise.all(ids.map((id, i) => world.customers.save(sampleCustomer({ customerId: id, stage: stageOf(i) }))));
    return world;
  };
  const listAll = async (customers: CustomerStore, limit: number, stage?: string) => {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await customers.list(store, { limit, ...(stage && { stage }), ...(cursor && { cursor }) });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      found.push(...page.items.map((item) => item.customerId));
      cursor = page.cursor;
    } while (cursor);
    return found;
  };

  it.each([1, 4, 25, 100])('lists every customer once in pages of %i', async (limit) => {
    const { customers } = await filled();
    expect((await listAll(customers, limit)).sort()).toEqual([...ids].sort());
  });

  it('lists one stage', async () => {
    const { customers } = await filled();
    expect((await listAll(customers, 2, 'lost')).sort()).toEqual(ids.filter((_, i) => i % 5 === 0).sort());
  });

  it('lists neither the merged nor the erased nor another store', async () => {
    const { customers } = await open();
    await customers.save(sampleCustomer({ customerId: 'a', mergedInto: 'b' }));
    await customers.save(sampleCustomer({ customerId: 'b', store: 'other' }));
    await customers.save(sampleCustomer({ customerId: 'c' }));
    await customers.erase(sampleCustomer({ customerId: 'c', version: 2 }), sampleNow);
    expect(await customers.list(store, { limit: 10 })).toEqual({ items: [] });
  });

  it('erases the person and leaves orders and consent statements', async () => {
    const { customers } = await open();
    await customers.save(sampleCustomer());
    await customers.putOrderRow(store, customerId, sampleRow());
    await customers.putConsent(store, customerId, sampleStatement());
    const at = sampleNow + hours(1);
    expect(await customers.erase(sampleCustomer({ version: 3 }), at)).toEqual({ type: 'stale' });
    expect(await customers.erase(sampleCustomer({ version: 2 }), at)).toEqual({ type: 'saved' });
    const file = await customers.load(store, customerId, 'whole');
    expect(JSON.stringify(file)).not.toMatch(/ada|lovelace/i);
    expect(file.customer?.erasedAt).toBe(at);
    expect(file.contact.erasedAt).toBe(at);
    expect(file.orderRows).toEqual([sampleRow()]);
    expect(file.consents).toEqual([sampleStatement()]);
  });
};

/** Every customer store keeps these rules; run over each adapter. `due` has one shard. */
export const customerStoreContract = (open: () => Promise<CustomerWorld>): void => {
  describe('saving', () => saves(open));
  describe('order rows', () => rows(open));
  describe('what starts enrolments', () => triggers(open));
  describe('enrolments', () => enrolment(open));
  describe('restrictions', () => restrictions(open));
  describe('lists and erasure', () => lists(open));
};
