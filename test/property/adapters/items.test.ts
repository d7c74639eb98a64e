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
import type { Contact } from '../../../shared/domain/customers/contact.ts';
import type { Customer } from '../../../shared/domain/customers/customer.ts';
import type { CustomerSnapshot } from '../../../shared/domain/customers/profile.ts';
import { LifecycleError } from '../../../shared/domain/errors.ts';
import type { CustomerEvent } from '../../../shared/domain/intake/intake.ts';
import { causes } from '../../../shared/domain/lifecycle/cause.ts';
import { type Order, orderChannels, orderKinds, orderStatuses } from '../../../shared/domain/orders/order.ts';
import type { OrderRow } from '../../../shared/domain/orders/order-row.ts';
import { type Feedback, reasons, type Send, type SendState } from '../../../shared/domain/sends/send.ts';

const integer = fc.maxSafeInteger();
const instant = fc.integer({ min: 0, max: 4_102_444_800_000 });
const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,22}$/);
const store = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
const texts = fc.array(text, { maxLength: 4 });
const pick = <T>(...values: readonly T[]) => fc.constantFrom(...values);
/** Some fields always, the others sometimes and then never `undefined`. */
const some = <T extends object, K extends keyof T>(
  fields: { [P in keyof T]-?: fc.Arbitrary<Exclude<T[P], undefined>> },
  requiredKeys: readonly K[],
) => fc.record(fields, { requiredKeys: [...requiredKeys] }) as unknown as fc.Arbitrary<T>;

const claim = fc.record({
  state: pick('granted' as const, 'withdrawn' as const),
  at: instant,
  basis: pick('express' as const, 'soft' as const, 'implied' as const),
  source: text,
});
const person = {
  email: text,
  firstName: text,
  lastName: text,
  locale: text,
  country: text,
  province: text,
  timeZone: text,
  tags: texts,
};
const snapshot = some<CustomerSnapshot, never>({ ...person, externalId: text, consent: claim }, []);

const history = some<Customer['history'], keyof Customer['history']>(
  {
    orders: integer,
    counted: integer,
    placed: integer,
    revenueMinor: integer,
    refundedMinor: integer,
    grossMinor: integer,
    unconverted: integer,
    firstAt: instant,
    lastAt: instant,
    previousAt: instant,
    recent: fc.array(instant),
    lastPlacedAt: instant,
    deliveredAt: instant,
    fresh: texts,
  },
  ['orders', 'counted', 'placed', 'revenueMinor', 'refundedMinor', 'grossMinor', 'unconverted', 'recent', 'fresh'],
);
const customer = some<Customer, keyof Customer>(
  {
    store,
    customerId: id,
    version: integer,
    firstSeenAt: instant,
    experimentKey: id,
    generation: integer,
    identities: texts,
    profile: some<Customer['profile'], never>(person, []),
    profileAt: instant,
    consent: fc.record({
      state: pick('granted' as const, 'withdrawn' as const),
      at: instant,
      basis: pick('express' as const, 'soft' as const, 'implied' as const),
      statement: text,
    }),
    history,
    stage: text,
    visit: integer,
    from: text,
    since: instant,
    decidedAt: instant,
    cause: pick(...causes),
    causeOrder: text,
    wakeAt: instant,
    decidedUnder: fc.record({ lifecycle: integer, fit: integer }),
    enrolled: fc.boolean(),
    aliases: texts,
    mergedInto: text,
    erasedAt: instant,
  },
  [
    'store',
    'customerId',
    'version',
    'firstSeenAt',
    'experimentKey',
    'generation',
    'identities',
    'profile',
    'profileAt',
    'history',
    'stage',
    'visit',
    'since',
    'decidedAt',
    'cause',
    'decidedUnder',
  ],
);

const line = some<Order['lines'][number], 'sku' | 'quantity' | 'priceMinor'>(
  { sku: text, name: text, category: text, quantity: integer, priceMinor: integer, url: text, imageUrl: text },
  ['sku', 'quantity', 'priceMinor'],
);
const order = some<Order, keyof Order>(
  {
    store,
    source: pick('shopify' as const, 'standard' as const),
    orderId: fc.string({ minLength: 1 }),
    status: pick(...orderStatuses),
    kind: pick(...orderKinds),
    channel: pick(...orderChannels),
    currency: text,
    totalMinor: integer,
    refundedMinor: integer,
    taxMinor: integer,
    shippingMinor: integer,
    test: fc.boolean(),
    placedAt: instant,
    updatedAt: instant,
    deliveredAt: instant,
    discounts: fc.array(fc.record({ code: text, amountMinor: integer }), { maxLength: 3 }),
    customer: snapshot,
    lines: fc.array(line, { maxLength: 4 }),
    linesDropped: fc.nat(),
  },
  [
    'store',
    'source',
    'orderId',
    'status',
    'kind',
    'channel',
    'currency',
    'totalMinor',
    'refundedMinor',
    'test',
    'placedAt',
    'updatedAt',
    'discounts',
    'lines',
    'linesDropped',
  ],
);
const row = some<OrderRow, keyof OrderRow>(
  {
    key: fc.string({ minLength: 1 }),
    version: text,
    status: pick(...orderStatuses),
    kind: pick(...orderKinds),
    channel: pick(...orderChannels),
    test: fc.boolean(),
    placedAt: instant,
    deliveredAt: instant,
    totalMinor: integer,
    refundedMinor: integer,
    besidesMinor: integer,
  },
  ['key', 'version', 'status', 'kind', 'channel', 'test', 'placedAt', 'refundedMinor', 'besidesMinor'],
);

const state: fc.Arbitrary<SendState> = fc.oneof(
  fc.constant({ status: 'pending' } as const),
  fc.record({ status: pick('sending' as const), leaseUntil: instant }),
  fc.record({ status: pick('unknown' as const), since: instant }),
  fc.record({ status: pick('sent' as const), sentAt: instant, messageId: text }),
  fc.record({ status: pick('skipped' as const), reason: pick(...reasons), closedAt: instant }),
  fc.record({ status: pick('failed' as const), reason: text, closedAt: instant }),
  fc.record({ status: pick('abandoned' as const), closedAt: instant }),
);
const feedback = some<Feedback, never>(
  {
    deliveredAt: instant,
    bouncedAt: instant,
    bounce: text,
    complainedAt: instant,
    clickedAt: instant,
    rejectedAt: instant,
  },
  [],
);
const send = some<Send, keyof Send>(
  {
    sendId: id,
    store,
    customerId: id,
    campaign: text,
    campaignVersion: integer,
    step: text,
    template: text,
    occurrence: text,
    class: pick('marketing' as const, 'transactional' as const),
    priority: integer,
    byOwnAct: fc.boolean(),
    createdAt: instant,
    plannedAt: instant,
    notAfterMs: integer,
    dueAt: instant,
    attempt: integer,
    version: integer,
    state,
    feedback,
  },
  [
    'sendId',
    'store',
    'customerId',
    'campaign',
    'campaignVersion',
    'step',
    'template',
    'occurrence',
    'class',
    'priority',
    'byOwnAct',
    'createdAt',
    'plannedAt',
    'notAfterMs',
    'attempt',
    'version',
    'state',
    'feedback',
  ],
);
const contact = some<Contact, 'version' | 'sends'>(
  {
    version: integer,
    optedOutAt: instant,
    complainedAt: instant,
    suppressedAt: instant,
    suppressedBy: pick('bounce' as const, 'complaint' as const, 'operator' as const),
    erasedAt: instant,
    sends: fc.uniqueArray(fc.record({ sendId: id, at: instant }), { selector: (s) => s.sendId, maxLength: 5 }),
  },
  ['version', 'sends'],
);
const body: fc.Arbitrary<CustomerEvent['body']> = fc.oneof(
  fc.record({ type: pick('customer' as const), customer: snapshot }),
  fc.record({
    type: pick('behaviour' as const),
    customer: snapshot,
    name: text,
    properties: fc.dictionary(text, fc.oneof(text, integer, fc.boolean()), { noNullPrototype: true }),
  }),
  fc.record({ type: pick('merge' as const), keepExternalId: text, loseExternalId: text }),
  some<Extract<CustomerEvent['body'], { type: 'erase' }>, 'type'>(
    { type: pick('erase' as const), externalId: text, email: text },
    ['type'],
  ),
);
const event = fc.record({
  store,
  source: pick('shopify' as const, 'standard' as const),
  eventId: fc.string({ minLength: 1 }),
  at: instant,
  body,
});

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
      customer,
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
      order,
      (o) => orderItem.write(orderItemKey(o), { ...o, version: '1' }),
      (item) => {
        const { version: _, ...rest } = orderItem.read(item);
        return rest;
      },
    ));
  it('give back every order row', () =>
    roundTrip(row, (r) => writeOrderRow(customerPk('demo', 'c1'), r), readOrderRow));
  it('give back every send', () => roundTrip(send, (s) => writeSend(s), readSend));
  it('give back every contact, its sends by time', () =>
    roundTrip(
      contact.map((c) => ({ ...c, sends: c.sends.toSorted(bySend) })),
      (c) => writeContact(key, c),
      readContact,
    ));
  it('give back every event', () =>
    roundTrip(event, (e) => eventItem.write(eventKey(e.store, e.source, e.eventId), e), eventItem.read));

  it('say what is wrong with any one attribute that is not what we write, and never show its value', () => {
    const broken: fc.Arbitrary<AttributeValue> = fc.constantFrom(
      { NULL: true },
      { B: new Uint8Array([1]) },
      { SS: ['secret'] },
    );
    fc.assert(
      fc.property(send, broken, fc.nat(), (value, wrong, at) => {
        const item = writeSend(value);
        const names = Object.keys(item).filter((name) => name !== 'sk');
        const name = names[at % names.length] ?? 'pk';
        expect(() => readSend({ ...item, [name]: wrong })).toThrow(LifecycleError);
        expect(() => readSend({ ...item, [name]: wrong })).toThrow(/^cannot read (SEND|unnamed) item: '[\w.]+' must/);
      }),
    );
  });

  it('are refused when written by another schema version or as another entity', () => {
    fc.assert(
      fc.property(send, (value) => {
        expect(() => readSend({ ...writeSend(value), v: { N: '2' } })).toThrow(/'v'/);
        expect(() => readSend({ ...writeSend(value), entity: { S: 'VISIT' } })).toThrow(/'entity'/);
      }),
    );
  });
});

describe('keys', () => {
  it('lead back to what they name', () => {
    fc.assert(
      fc.property(order, event, customer, (o, e, c) => {
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
