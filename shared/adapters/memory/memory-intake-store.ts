import { hashOf } from '../../domain/hash.ts';
import type { IntakeStore } from '../../ports/order-store.ts';
import { fitOrder } from '../dynamodb/fit-order.ts';
import { eventKey, orderItemKey, orderPk, quarantineKey, refundKey, storePk } from '../dynamodb/keys.ts';
import type { MemoryTable } from './memory-table.ts';

const quarantinePage = 50;

export const memoryIntakeStore = (table: MemoryTable): IntakeStore => ({
  async putOrder(order, version) {
    const key = orderItemKey(order);
    const there = table.get('ORDER', key)?.version;
    if (there !== undefined && there >= version) return { type: there === version ? 'duplicate' : 'stale' };
    table.put('ORDER', key, { order: fitOrder(order), version });
    return { type: 'accepted' };
  },
  async putRefund(refund) {
    const key = refundKey(refund, refund.refundId);
    if (table.get('REFUND', key)) return { type: 'duplicate' };
    table.put('REFUND', key, refund);
    return { type: 'accepted' };
  },
  async putEvent(event) {
    const key = eventKey(event.store, event.source, event.eventId);
    if (table.get('EVENT', key) ?? table.get('EVENT_SEEN', key)) return { type: 'duplicate' };
    table.put('EVENT', key, event);
    return { type: 'accepted' };
  },
  async quarantine(entry) {
    table.put('QUARANTINE', quarantineKey(entry.store, entry.at, hashOf([JSON.stringify(entry)])), entry);
  },
  async loadOrder(key) {
    const order = table.get('ORDER', orderItemKey(key))?.order;
    const refunds = table.partition(orderPk(key)).flatMap((row) => (row.entity === 'REFUND' ? [row.value] : []));
    return { ...(order && { order }), refunds };
  },
  async loadEvent(store, source, eventId) {
    return table.get('EVENT', eventKey(store, source, eventId));
  },
  async redactOrder(key) {
    const there = table.get('ORDER', orderItemKey(key));
    if (!there) return;
    const { customer: _, ...order } = there.order;
    table.put('ORDER', orderItemKey(key), { order, version: there.version });
  },
  async dropEvent(store, source, eventId) {
    const key = eventKey(store, source, eventId);
    const event = table.get('EVENT', key);
    if (event === undefined) return;
    const { body: _, ...seen } = event;
    table.put('EVENT_SEEN', key, seen);
  },
  async listQuarantine(store, cursor) {
    const newestFirst = table
      .partition(storePk(store))
      .flatMap((row) => (row.entity === 'QUARANTINE' ? [row] : []))
      .reverse()
      .filter((row) => cursor === undefined || row.key.sk < cursor);
    const page = newestFirst.slice(0, quarantinePage);
    const last = newestFirst.length > quarantinePage ? page.at(-1)?.key.sk : undefined;
    return { items: page.map((row) => row.value), ...(last !== undefined && { cursor: last }) };
  },
});
