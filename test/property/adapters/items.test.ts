import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Attributes } from '../../../shared/adapters/dynamodb/codec/codec.ts';
import { itemBytes } from '../../../shared/adapters/dynamodb/codec/item-size.ts';
import { readContact, writeContact } from '../../../shared/adapters/dynamodb/items/contact-item.ts';
import { readCustomer, writeCustomer } from '../../../shared/adapters/dynamodb/items/customer-item.ts';
import { eventItem } from '../../../shared/adapters/dynamodb/items/event-item.ts';
import { orderItem } from '../../../shared/adapters/dynamodb/items/order-item.ts';
import { readOrderRow, writeOrderRow } from '../../../shared/adapters/dynamodb/items/order-row-item.ts';
import { readSend, writeSend } from '../../../shared/adapters/dynamodb/items/send-item.ts';
import {
  customerOfPk,
  customerPk,
  eventKey,
  eventOfPk,
  orderItemKey,
  orderOfPk,
} from '../../../shared/adapters/dynamodb/keys.ts';
import { dueAttributes } from '../../../shared/adapters/dynamodb/table.ts';
import { LifecycleError } from '../../../shared/domain/errors.ts';
import { anyContact, anyCustomer, anyEvent, anyOrder, anyRow, anySend } from '../../support/any-item.ts';

/** What is written is read back, over the wire's JSON, and says the same to the SDK's own reader and writer. */
const roundTrip = <T>(arbitrary: fc.Arbitrary<T>, write: (value: T) => Attributes, read: (item: Attributes) => T) =>
  fc.assert(
    fc.property(arbitrary, (value) => {
      const item = write(value);
      const wire: unknown = JSON.parse(JSON.stringify(item));
      expect(wire).toEqual(item);
      expect(marshall(unmarshall(item))).toEqual(item);
      expect(read(item)).toEqual(value);
    }),
  );

const key = { pk: customerPk('demo', 'c1'), sk: 'CONTACT' };
const bySend = (a: { at: number; sendId: string }, b: { at: number; sendId: string }) =>
  a.at - b.at || (a.sendId < b.sendId ? -1 : 1);

describe('items', () => {
  it('give back every customer', () =>
    roundTrip(
      anyCustomer,
      (c) =>
        writeCustomer(
          c,
          dueAttributes(
            { dueShards: 16 },
            { pk: customerPk(c.store, c.customerId), sk: 'CUSTOMER' },
            { kind: 'customer', at: c.wakeAt },
          ),
        ),
      readCustomer,
    ));
  it('give back every order', () =>
    roundTrip(
      anyOrder,
      (o) => orderItem.write(orderItemKey(o), { ...o, version: '1' }),
      (item) => {
        const { version: _, ...rest } = orderItem.read(item);
        return rest;
      },
    ));
  it('give back every order row', () =>
    roundTrip(anyRow, (r) => writeOrderRow(customerPk('demo', 'c1'), r), readOrderRow));
  it('give back every send', () => roundTrip(anySend, (s) => writeSend(s), readSend));
  it('give back every contact, its sends by time', () =>
    roundTrip(
      anyContact.map((c) => ({ ...c, sends: c.sends.toSorted(bySend) })),
      (c) => writeContact(key, c),
      readContact,
    ));
  it('give back every event', () =>
    roundTrip(anyEvent, (e) => eventItem.write(eventKey(e.store, e.source, e.eventId), e), eventItem.read));

  it('say what is wrong with any one attribute that is not what we write, and never show its value', () => {
    const broken: fc.Arbitrary<AttributeValue> = fc.constantFrom(
      { NULL: true },
      { B: new Uint8Array([1]) },
      { SS: ['secret'] },
    );
    return fc.assert(
      fc.property(anySend, broken, fc.nat(), (value, wrong, at) => {
        const item = writeSend(value);
        const names = Object.keys(item).filter((name) => name !== 'sk');
        const name = names[at % names.length] ?? 'pk';
        expect(() => readSend({ ...item, [name]: wrong })).toThrow(LifecycleError);
        expect(() => readSend({ ...item, [name]: wrong })).toThrow(/^cannot read (SEND|unnamed) item: '[\w.]+' must/);
      }),
    );
  });

  it('are refused when written by another schema version or as another entity', () => {
    return fc.assert(
      fc.property(anySend, (value) => {
        expect(() => readSend({ ...writeSend(value), v: { N: '2' } })).toThrow(/'v'/);
        expect(() => readSend({ ...writeSend(value), entity: { S: 'VISIT' } })).toThrow(/'entity'/);
      }),
    );
  });
});

describe('keys', () => {
  it('lead back to what they name', () => {
    return fc.assert(
      fc.property(anyOrder, anyEvent, anyCustomer, (o, e, c) => {
        expect(orderOfPk(orderItemKey(o).pk)).toEqual({ store: o.store, source: o.source, orderId: o.orderId });
        expect(eventOfPk(eventKey(e.store, e.source, e.eventId).pk)).toEqual({
          store: e.store,
          source: e.source,
          eventId: e.eventId,
        });
        expect(customerOfPk(customerPk(c.store, c.customerId))).toEqual({ store: c.store, customerId: c.customerId });
        expect(customerOfPk(orderItemKey(o).pk)).toBeUndefined();
        expect(orderOfPk(customerPk(c.store, c.customerId))).toBeUndefined();
      }),
    );
  });
});

describe('item sizes', () => {
  it('count names and values as the AWS guide does', () => {
    expect(itemBytes({ pk: { S: 'ab' }, n: { N: '12345' }, f: { BOOL: true } })).toBe(2 + 2 + 1 + 4 + 1 + 1);
    expect(itemBytes({ l: { L: [{ S: 'é' }, { N: '-1' }] } })).toBe(1 + 3 + 1 + 2 + 1 + 3);
    expect(itemBytes({ m: { M: { a: { S: 'x' } } } })).toBe(1 + 3 + 1 + 1 + 1);
  });
});
