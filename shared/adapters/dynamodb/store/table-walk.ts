import { ScanCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { TablePlace, TableWalk } from '../../../ports/reconciles.ts';
import type { Attributes } from '../codec/codec.ts';
import { corruptItem, keyAttributes } from '../codec/item.ts';
import { sourceCodec } from '../items/order-item.ts';
import { customerOfPk, eventOfPk, type ItemKey, orderOfPk, storePk } from '../keys.ts';
import type { DynamoTable } from '../table.ts';

/** Kinds of item with a doorbell; a refund rings for its order, which may not be there. */
const kinds = { customers: ['CUSTOMER'], arrivals: ['ORDER', 'REFUND', 'EVENT'] } as const;

const place = z.tuple([z.string(), z.string()]);
const nextOf = (key: Attributes): string => JSON.stringify([key['pk']?.S, key['sk']?.S]);
const keyOf = (after: string): ItemKey => {
  const [pk, sk] = place.parse(JSON.parse(after));
  return { pk, sk };
};

/** The key names whose it is; the rest of the item is not read, and the role that walks may not read it. */
const doorbellOf = (store: string, item: Attributes) => {
  const pk = item['pk']?.S ?? '';
  const customer = customerOfPk(pk);
  if (customer !== undefined) return { type: 'customer' as const, store, customer: customer.customerId };
  const order = orderOfPk(pk);
  if (order !== undefined)
    return {
      type: 'order' as const,
      key: { store, source: sourceCodec.decode({ S: order.source }, 'pk'), orderId: order.orderId },
    };
  const event = eventOfPk(pk);
  if (event === undefined) throw corruptItem(item, 'pk');
  const source = sourceCodec.decode({ S: event.source }, 'pk');
  return { type: 'event' as const, store, source, eventId: event.eventId };
};

/**
 * What is dated since then: a customer by the last decision or erasure, an order by its last change, a refund by itself. A merge has no date, and an
 * event that is still there was never applied.
 */
const dated = {
  customers: 'da >= :since OR er >= :since OR attribute_exists(mi)',
  arrivals: 'entity = :EVENT OR u >= :since OR a >= :since',
} as const;

const filterOf = (store: string, { walk, since }: TablePlace) => ({
  FilterExpression: [
    `entity IN (${kinds[walk].map((kind) => `:${kind}`).join(', ')})`,
    'begins_with(pk, :store)',
    ...(since === undefined ? [] : [`(${dated[walk]})`]),
  ].join(' AND '),
  ExpressionAttributeValues: {
    ...Object.fromEntries(kinds[walk].map((kind) => [`:${kind}`, { S: kind }])),
    ':store': { S: `${storePk(store)}#` },
    ...(since !== undefined && { ':since': { N: String(since) } }),
  },
});

export const dynamoTableWalk = (table: DynamoTable): TableWalk => ({
  async page(store, at) {
    const {
      Items = [],
      ScannedCount = 0,
      ConsumedCapacity,
      LastEvaluatedKey,
    } = await table.client.send(
      new ScanCommand({
        TableName: table.name,
        Select: 'SPECIFIC_ATTRIBUTES',
        ProjectionExpression: 'pk, sk',
        ...filterOf(store, at),
        Limit: at.limit,
        ReturnConsumedCapacity: 'TOTAL',
        ...(at.after !== undefined && { ExclusiveStartKey: keyAttributes(keyOf(at.after)) }),
      }),
    );
    return {
      found: Items.map((item) => doorbellOf(store, item)),
      looked: ScannedCount,
      readUnits: ConsumedCapacity?.CapacityUnits ?? 0,
      ...(LastEvaluatedKey !== undefined && { next: nextOf(LastEvaluatedKey) }),
    };
  },
});
