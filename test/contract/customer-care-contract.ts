import { describe, expect, it } from 'vitest';
import { tombstoneOf } from '../../shared/domain/customers/tombstone.ts';
import { hours } from '../../shared/domain/time.ts';
import type { CustomerStore } from '../../shared/ports/customer-store.ts';
import { sampleCustomer, sampleEnrolment, sampleNow, sampleRow, sampleStatement } from '../support/samples.ts';
import type { CustomerWorld } from './customer-store-contract.ts';

const { store, customerId } = sampleCustomer();

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

const choices = (open: () => Promise<CustomerWorld>) => {
  it('keeps the latest confirmation, on a contact that need not exist, and raises its version', async () => {
    const { customers } = await open();
    await customers.confirmConsent(store, customerId, { statement: 's1', at: 50 });
    await customers.confirmConsent(store, customerId, { statement: 's0', at: 50 });
    await customers.confirmConsent(store, customerId, { statement: 's0', at: 40 });
    const { contact } = await customers.load(store, customerId, 'decision');
    expect(contact).toMatchObject({ confirmed: { statement: 's1', at: 50 }, version: 1 });
    await customers.confirmConsent(store, customerId, { statement: 's2', at: 60 });
    expect((await customers.load(store, customerId, 'decision')).contact).toMatchObject({
      confirmed: { statement: 's2', at: 60 },
      version: 2,
    });
  });

  it('replaces the choices as a whole, and leaves an opt-out alone', async () => {
    const { customers } = await open();
    await customers.restrictContact(store, customerId, { optedOutAt: 10 });
    await customers.putPreferences(store, customerId, { topicsOff: ['news'], monthlySince: 20 });
    expect((await customers.load(store, customerId, 'decision')).contact).toMatchObject({
      ...{ optedOutAt: 10, topicsOff: ['news'], monthlySince: 20, version: 2 },
    });
    await customers.putPreferences(store, customerId, { topicsOff: [] });
    const { contact } = await customers.load(store, customerId, 'decision');
    expect(contact).toMatchObject({ optedOutAt: 10, topicsOff: [], version: 3 });
    expect(contact.monthlySince).toBeUndefined();
  });
};

const restrictions = (open: () => Promise<CustomerWorld>) => {
  it('remembers the latest click, once there is a contact, and raises its version with it', async () => {
    const { customers } = await open();
    expect(await customers.noteClick(store, customerId, 50)).toBe(false);
    await customers.restrictContact(store, customerId, { optedOutAt: 10 });
    expect(await customers.noteClick(store, customerId, 50)).toBe(true);
    expect(await customers.noteClick(store, customerId, 50)).toBe(false);
    expect(await customers.noteClick(store, customerId, 40)).toBe(false);
    const { contact } = await customers.load(store, customerId, 'decision');
    expect(contact).toMatchObject({ lastClickAt: 50, version: 2 });
  });

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

  it('dates a lifting beside the suppression it lifts', async () => {
    const { customers } = await open();
    await customers.restrictContact(store, customerId, { suppressedAt: 40, suppressedBy: 'bounce' });
    for (const liftedAt of [50, 45]) await customers.restrictContact(store, customerId, { liftedAt });
    const { contact } = await customers.load(store, customerId, 'decision');
    expect(contact).toEqual({ version: 2, suppressedAt: 40, suppressedBy: 'bounce', liftedAt: 50, sends: [] });
  });

  it("keeps the operator's words once, where a decision reads them, until they are taken out", async () => {
    const { customers } = await open();
    const lifting = { at: 50, by: 'complaint', suppressedAt: 40, because: 'asked again', agreedAt: 45 } as const;
    await customers.putLifting(store, customerId, lifting);
    await customers.putLifting(store, customerId, { ...lifting, because: 'otherwise' });
    await customers.putLifting(store, customerId, { at: 60, by: 'bounce', suppressedAt: 55 });
    const [kept, plain] = (await customers.load(store, customerId, 'decision')).liftings;
    expect([kept, plain]).toEqual([lifting, { at: 60, by: 'bounce', suppressedAt: 55 }]);
    await customers.redactLifting(store, customerId, lifting);
    await customers.redactLifting(store, customerId, { ...lifting, at: 70 });
    const { because: _, ...rest } = lifting;
    expect((await customers.load(store, customerId, 'whole')).liftings).toEqual([rest, plain]);
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
    await customers.save(tombstoneOf(sampleCustomer({ customerId: 'c', version: 1 }), sampleNow));
    expect(await customers.list(store, { limit: 10 })).toEqual({ items: [] });
  });

  it('a tombstone leaves orders and consent statements, and nothing of the person', async () => {
    const { customers } = await open();
    await customers.save(sampleCustomer());
    await customers.putOrderRow(store, customerId, sampleRow());
    await customers.putConsent(store, customerId, sampleStatement());
    const at = sampleNow + hours(1);
    expect(await customers.save(tombstoneOf(sampleCustomer({ version: 2 }), at))).toEqual({ type: 'stale' });
    expect(await customers.save(tombstoneOf(sampleCustomer({ version: 1 }), at))).toEqual({ type: 'saved' });
    const file = await customers.load(store, customerId, 'whole');
    expect(JSON.stringify(file)).not.toMatch(/ada|lovelace/i);
    expect(file.customer?.erasedAt).toBe(at);
    expect(file.orderRows).toEqual([sampleRow()]);
    expect(file.consents).toEqual([sampleStatement()]);
  });
};

/** The rules of a customer store about campaigns, opt-outs, lists and erasure. */
export const customerCareContract = (open: () => Promise<CustomerWorld>): void => {
  describe('enrolments', () => enrolment(open));
  describe('restrictions', () => restrictions(open));
  describe('choices', () => choices(open));
  describe('lists and erasure', () => lists(open));
};
