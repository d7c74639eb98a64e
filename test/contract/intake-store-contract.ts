import { expect, it } from 'vitest';
import type { CustomerEvent, QuarantineEntry } from '../../shared/domain/intake/intake.ts';
import type { Refund } from '../../shared/domain/orders/order.ts';
import { hours } from '../../shared/domain/time.ts';
import type { IntakeStore } from '../../shared/ports/order-store.ts';
import { sampleNow, sampleOrder } from '../support/samples.ts';

const order = sampleOrder();
const { store, source, orderId } = order;
const refund: Refund = { store, source, orderId, refundId: '99007199254740993', amountMinor: 500, at: sampleNow };

const entry = (over: Partial<QuarantineEntry> = {}): QuarantineEntry => ({
  store,
  source,
  at: sampleNow,
  reason: 'unknown-topic',
  topic: 'shop/update',
  ids: { shop: '548380009' },
  deliveryId: 'd-1',
  ...over,
});

const event = (body: CustomerEvent['body'], eventId = 'e-1'): CustomerEvent => ({
  store,
  source,
  eventId,
  at: sampleNow,
  body,
});

const orders = (open: () => Promise<IntakeStore>): void => {
  it('gives back exactly the order that was put', async () => {
    const intake = await open();
    const { customer: _, ...guest } = sampleOrder({
      orderId: 'a:b#c',
      test: true,
      kind: 'exchange',
      channel: 'pos',
      linesDropped: 2,
      deliveredAt: 7,
    });
    expect(await intake.putOrder(order, '1')).toEqual({ type: 'accepted' });
    expect(await intake.putOrder(guest, '1')).toEqual({ type: 'accepted' });
    expect(await intake.loadOrder(order)).toEqual({ order, refunds: [] });
    expect(await intake.loadOrder(guest)).toEqual({ order: guest, refunds: [] });
  });

  it('tells a later version from the same one and an older one, and keeps the latest', async () => {
    const intake = await open();
    const versions = ['2', '2', '1', '3', '2'];
    const outcomes: string[] = [];
    for (const version of versions) {
      outcomes.push((await intake.putOrder(sampleOrder({ totalMinor: Number(version) }), version)).type);
    }
    expect(outcomes).toEqual(['accepted', 'duplicate', 'stale', 'accepted', 'stale']);
    expect((await intake.loadOrder(order)).order?.totalMinor).toBe(3);
  });

  it('accepts one of several deliveries of the same version at once', async () => {
    const intake = await open();
    const outcomes = await Promise.all([1, 2, 3, 4, 5].map(() => intake.putOrder(order, '1')));
    expect(outcomes.map(({ type }) => type).sort()).toEqual(['accepted', ...Array(4).fill('duplicate')]);
  });

  it('accepts a refund once, also before its order', async () => {
    const intake = await open();
    expect(await intake.putRefund(refund)).toEqual({ type: 'accepted' });
    expect(await intake.putRefund(refund)).toEqual({ type: 'duplicate' });
    expect(await intake.loadOrder(order)).toEqual({ refunds: [refund] });
    await intake.putOrder(order, '1');
    expect(await intake.loadOrder(order)).toEqual({ order, refunds: [refund] });
  });

  it('drops and counts the lines beyond 64 KB, and none of an order of ordinary size', async () => {
    const intake = await open();
    const lines = Array.from({ length: 5_000 }, (_, i) => ({
      sku: `SKU-${i}-漢字`,
      quantity: 1,
      priceMinor: 1_000 + i,
    }));
    await intake.putOrder(sampleOrder({ lines }), '1');
    const { order: kept } = await intake.loadOrder(order);
    expect((kept?.lines.length ?? 0) + (kept?.linesDropped ?? 0)).toBe(5_000);
    expect(kept?.lines.length).toBeGreaterThan(1_000);
    expect(kept?.lines).toEqual(lines.slice(0, kept?.lines.length));
  });

  it('takes the person out of an order and leaves amounts and dates', async () => {
    const intake = await open();
    await intake.putOrder(order, '1');
    await intake.redactOrder(order);
    await intake.redactOrder(sampleOrder({ orderId: 'never-seen' }));
    const { customer: _, ...rest } = order;
    expect(await intake.loadOrder(order)).toEqual({ order: rest, refunds: [] });
    expect(await intake.loadOrder(sampleOrder({ orderId: 'never-seen' }))).toEqual({ refunds: [] });
    expect(await intake.putOrder(order, '1')).toEqual({ type: 'duplicate' });
  });
};

const events = (open: () => Promise<IntakeStore>): void => {
  const bodies: readonly CustomerEvent['body'][] = [
    { type: 'customer', customer: { externalId: '1', tags: ['vip', ''], province: 'ON' } },
    { type: 'behaviour', customer: {}, name: 'checkout.abandoned', properties: { n: 1.5, s: '', b: false } },
    { type: 'merge', keepExternalId: '99007199254740993', loseExternalId: '2' },
    { type: 'erase', email: 'ada@example.com' },
  ];
  it.each(bodies)('gives back a $type event exactly, accepted once', async (body) => {
    const intake = await open();
    expect(await intake.putEvent(event(body), sampleNow + hours(1))).toEqual({ type: 'accepted' });
    expect(await intake.putEvent(event({ type: 'erase' }))).toEqual({ type: 'duplicate' });
    expect(await intake.loadEvent(store, source, 'e-1')).toEqual(event(body));
    expect(await intake.loadEvent(store, source, 'e-2')).toBeUndefined();
  });

  it('forgets what an event said, and that it came not', async () => {
    const intake = await open();
    const [first = event({ type: 'erase' })] = bodies.map((body) => event(body));
    await intake.putEvent(first);
    await intake.dropEvent(store, source, 'e-1');
    await intake.dropEvent(store, source, 'e-1');
    await intake.dropEvent(store, source, 'never-came');
    expect(await intake.loadEvent(store, source, 'e-1')).toBeUndefined();
    expect(await intake.putEvent(first)).toEqual({ type: 'duplicate' });
    expect(await intake.loadEvent(store, source, 'e-1')).toBeUndefined();
    expect(await intake.putEvent(event({ type: 'erase' }, 'never-came'))).toEqual({ type: 'accepted' });
  });
};

const quarantine = (open: () => Promise<IntakeStore>): void => {
  it('lists what was set aside, newest first, the same entry once', async () => {
    const intake = await open();
    const entries = [1, 2, 3].map((at) => entry({ at }));
    for (const one of [...entries, ...entries]) await intake.quarantine(one);
    await intake.quarantine(entry({ store: 'other' }));
    expect(await intake.listQuarantine(store)).toEqual({ items: [...entries].reverse() });
  });

  it.each([50, 51, 52, 120])('pages through %i entries without loss or double', async (count) => {
    const intake = await open();
    const entries = Array.from({ length: count }, (_, at) => entry({ at: sampleNow + at }));
    await Promise.all(entries.map((one) => intake.quarantine(one)));
    const found: QuarantineEntry[] = [];
    let cursor: string | undefined;
    do {
      const page = await intake.listQuarantine(store, cursor);
      found.push(...page.items);
      cursor = page.cursor;
    } while (cursor);
    expect(found).toEqual([...entries].reverse());
  });
};

/** Every intake store keeps these rules. */
export const intakeStoreContract = (open: () => Promise<IntakeStore>): void => {
  orders(open);
  events(open);
  quarantine(open);
};
