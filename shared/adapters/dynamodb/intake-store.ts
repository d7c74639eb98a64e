import { GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { hashOf } from '../../domain/hash.ts';
import type { CustomerEvent, QuarantineEntry } from '../../domain/intake/intake.ts';
import type { Order, OrderKey, Refund } from '../../domain/orders/order.ts';
import { days, type EpochMs } from '../../domain/time.ts';
import type { IntakeStore, OrderWithRefunds, PutOutcome } from '../../ports/order-store.ts';
import { identityAttributes, keyAttributes } from './codec/item.ts';
import { ifAbsent, ifLaterVersion, ifPresent, putItem, updateItem } from './conditional.ts';
import { fitOrder } from './fit-order.ts';
import { eventItem, eventNames, quarantineItem } from './items/event-item.ts';
import { orderItem, orderNames, refundItem } from './items/order-item.ts';
import { eventKey, orderItemKey, orderPk, quarantineKey, refundKey, storePk } from './keys.ts';
import type { DynamoTable } from './table.ts';

/** TTL: whole seconds. DynamoDB deletes some time after. */
const expiresAfter30Days = (at: EpochMs) => ({ expiresAt: { N: String(Math.ceil((at + days(30)) / 1_000)) } });

const putOrder = async (table: DynamoTable, order: Order, version: string): Promise<PutOutcome> => {
  const item = orderItem.write(orderItemKey(order), { ...fitOrder(order), version });
  const written = await putItem(table, item, ifLaterVersion(version), { reveal: true });
  if (written.type === 'written') return { type: 'accepted' };
  return { type: written.there?.[orderNames.version]?.S === version ? 'duplicate' : 'stale' };
};

const putRefund = async (table: DynamoTable, refund: Refund): Promise<PutOutcome> => {
  const written = await putItem(table, refundItem.write(refundKey(refund, refund.refundId), refund), ifAbsent);
  return { type: written.type === 'written' ? 'accepted' : 'duplicate' };
};

const putEvent = async (table: DynamoTable, event: CustomerEvent, receivedAt: EpochMs): Promise<PutOutcome> => {
  const key = eventKey(event.store, event.source, event.eventId);
  const item = eventItem.write(key, event, expiresAfter30Days(Math.max(event.at, receivedAt)));
  const written = await putItem(table, item, ifAbsent);
  return { type: written.type === 'written' ? 'accepted' : 'duplicate' };
};

const loadOrder = async ({ client, name }: DynamoTable, key: OrderKey): Promise<OrderWithRefunds> => {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: orderPk(key) } },
      ConsistentRead: true,
    }),
  );
  const stored = Items.find((item) => item['sk']?.S === 'ORDER');
  const refunds = Items.filter((item) => item !== stored).map(refundItem.read);
  if (stored === undefined) return { refunds };
  const { version: _, ...order } = orderItem.read(stored);
  return { order, refunds };
};

/** Newest first. The cursor is the sort key of the last entry shown. */
const quarantinePage = 50;
const listQuarantine = async ({ client, name }: DynamoTable, store: string, cursor: string | undefined) => {
  const before = cursor !== undefined && /^QUARANTINE#\d{15}#[\w-]+$/.test(cursor) ? cursor : 'QUARANTINE#~';
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: name,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :before',
      ExpressionAttributeValues: {
        ':pk': { S: storePk(store) },
        ':first': { S: 'QUARANTINE#' },
        ':before': { S: before },
      },
      ScanIndexForward: false,
      // One for the entry the cursor names, one to know whether there is more.
      Limit: quarantinePage + 2,
    }),
  );
  const found = Items.filter((item) => item['sk']?.S !== cursor);
  const page = found.slice(0, quarantinePage);
  const last = found.length > quarantinePage ? page.at(-1)?.['sk']?.S : undefined;
  return { items: page.map(quarantineItem.read), ...(last !== undefined && { cursor: last }) };
};

/** What stays of an event that was dealt with. Under a name of its own, so that the stream does not ring for it. */
const seen = identityAttributes('EVENT_SEEN');

export const dynamoIntakeStore = (table: DynamoTable): IntakeStore => ({
  putOrder: (order, version) => putOrder(table, order, version),
  putRefund: (refund) => putRefund(table, refund),
  putEvent: (event, receivedAt = event.at) => putEvent(table, event, receivedAt),
  loadOrder: (key) => loadOrder(table, key),
  listQuarantine: (store, cursor) => listQuarantine(table, store, cursor),
  async quarantine(entry: QuarantineEntry) {
    const key = quarantineKey(entry.store, entry.at, hashOf([JSON.stringify(entry)]));
    // Unconditional: the same entry told twice is the same item.
    await putItem(table, quarantineItem.write(key, entry, expiresAfter30Days(entry.at)));
  },
  async loadEvent(store, source, eventId) {
    const Key = keyAttributes(eventKey(store, source, eventId));
    const { Item } = await table.client.send(new GetItemCommand({ TableName: table.name, Key, ConsistentRead: true }));
    return Item === undefined || Item['entity']?.S === seen.entity.S ? undefined : eventItem.read(Item);
  },
  async dropEvent(store, source, eventId) {
    await updateItem(table, {
      Key: keyAttributes(eventKey(store, source, eventId)),
      UpdateExpression: `SET entity = :seen REMOVE ${eventNames.body}`,
      ConditionExpression: `${ifPresent.expression} AND entity <> :seen`,
      ExpressionAttributeValues: { ':seen': seen.entity },
    });
  },
  async redactOrder(key) {
    const Key = keyAttributes(orderItemKey(key));
    await updateItem(table, {
      Key,
      UpdateExpression: `REMOVE ${orderNames.customer}`,
      ConditionExpression: ifPresent.expression,
    });
  },
});
