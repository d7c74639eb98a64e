import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { itemBytes } from '../../shared/adapters/dynamodb/codec/item-size.ts';
import { dynamoCustomerStore } from '../../shared/adapters/dynamodb/customer/customer-store.ts';
import { dynamoIdentityStore } from '../../shared/adapters/dynamodb/identity-store.ts';
import { dynamoIntakeStore } from '../../shared/adapters/dynamodb/intake-store.ts';
import { writeCustomer } from '../../shared/adapters/dynamodb/items/customer-item.ts';
import { orderItem } from '../../shared/adapters/dynamodb/items/order-item.ts';
import { writeOrderRow } from '../../shared/adapters/dynamodb/items/order-row-item.ts';
import { writeSend } from '../../shared/adapters/dynamodb/items/send-item.ts';
import { customerPk, orderItemKey } from '../../shared/adapters/dynamodb/keys.ts';
import { dynamoSendLedger } from '../../shared/adapters/dynamodb/send-ledger.ts';
import { dueAttributes, type ShardedTable } from '../../shared/adapters/dynamodb/table.ts';
import type { Customer } from '../../shared/domain/customers/customer.ts';
import type { Send } from '../../shared/domain/sends/send.ts';
import { days, hours, minutes } from '../../shared/domain/time.ts';
import { type DynamoServer, dynamoMissing, type Meter, startDynamo } from '../support/dynoxide.ts';
import {
  sampleCustomer,
  sampleEnrolment,
  sampleNow,
  sampleOrder,
  sampleRow,
  sampleSend,
  sampleVisit,
} from '../support/samples.ts';

const { store, customerId, identities } = sampleCustomer();

/** The reads and writes of react for one order of a customer who is known. */
const reactTo = async (table: ShardedTable, next: Customer): Promise<void> => {
  const intake = dynamoIntakeStore(table);
  const customers = dynamoCustomerStore(table);
  await intake.putOrder(sampleOrder(), '1');
  const { order } = await intake.loadOrder(sampleOrder());
  expect(order).toEqual(sampleOrder());
  await Promise.all(identities.map((identity) => dynamoIdentityStore(table).find(store, identity)));
  await customers.putOrderRow(store, customerId, sampleRow());
  const file = await customers.load(store, customerId, 'decision');
  expect(file.orderRows.length).toBeGreaterThan(4);
  expect(await customers.save(next)).toEqual({ type: 'saved' });
};

/** The reads and writes of ingest and react for one event of a customer who is known. */
const tell = async (table: ShardedTable, next: Customer): Promise<void> => {
  const intake = dynamoIntakeStore(table);
  const customer = { email: 'ada@example.com', externalId: 'c-1' };
  const event = { store, source: 'standard', eventId: 'e-1', at: sampleNow } as const;
  await intake.putEvent({ ...event, body: { type: 'behaviour', customer, name: 'case.opened', properties: {} } });
  expect(await intake.loadEvent(store, 'standard', 'e-1')).toBeDefined();
  await Promise.all(identities.map((identity) => dynamoIdentityStore(table).find(store, identity)));
  await dynamoCustomerStore(table).load(store, customerId, 'decision');
  await dynamoCustomerStore(table).save(next);
  await intake.dropEvent(store, 'standard', 'e-1');
};

const known = async (table: ShardedTable): Promise<void> => {
  const customers = dynamoCustomerStore(table);
  await customers.save(sampleCustomer());
  for (const identity of identities) await dynamoIdentityStore(table).claim(store, identity, customerId);
  for (const n of [1, 2, 3, 4])
    await customers.putOrderRow(store, customerId, sampleRow({ key: `shopify:562347853435${n}` }));
};

/** Relay and enrol: the visit with its counters, the enrolment with its first mail. */
const followVisit = async (table: ShardedTable): Promise<void> => {
  const customers = dynamoCustomerStore(table);
  await customers.recordVisit(
    store,
    customerId,
    sampleVisit({ visit: 4, stage: 'loyal', from: 'active', dueAt: sampleNow + minutes(2) }),
  );
  await customers.load(store, customerId, 'whole');
  await customers.putEnrolment(store, customerId, sampleEnrolment());
  await dynamoSendLedger(table).create(sampleSend());
  await customers.settleVisit(store, customerId, 4);
};

const close = (send: Send, state: Send['state']): Send => {
  const { dueAt: _, ...rest } = send;
  return { ...rest, version: send.version + 1, state };
};

/** One mail from the ledger to its delivery. */
const deliver = async (table: ShardedTable): Promise<void> => {
  const ledger = dynamoSendLedger(table);
  const leaseUntil = sampleNow + minutes(2);
  const sending = sampleSend({ version: 2, attempt: 1, dueAt: leaseUntil, state: { status: 'sending', leaseUntil } });
  const sent = close(sending, {
    status: 'sent',
    sentAt: sampleNow,
    messageId: '0107018c2f3e4d5a-6b7c8d9e-0f1a-2b3c-4d5e-6f7a8b9c0d1e-000000',
  });
  const contact = { version: 1, sends: [{ sendId: sending.sendId, at: sampleNow }] };
  await ledger.create(sampleSend());
  expect(await ledger.reserve(sending, contact)).toEqual({ type: 'saved' });
  expect(await ledger.update(sent)).toEqual({ type: 'saved' });
  await ledger.load(store, customerId, sent.sendId);
  const told = { ...sent, version: 4, feedback: { deliveredAt: sampleNow } };
  expect(await ledger.update(told)).toEqual({ type: 'saved' });
};

describe.skipIf(dynamoMissing)(`request units on a real server ${dynamoMissing ?? ''}`, () => {
  let server: DynamoServer;
  let table: ShardedTable;
  const metered = async (work: () => Promise<void>): Promise<Meter> => {
    Object.assign(server.meter, { writeUnits: 0, readUnits: 0, calls: 0 });
    await work();
    return { ...server.meter };
  };
  beforeAll(async () => {
    server = await startDynamo();
  });
  beforeEach(async () => {
    table = await server.open({ due: 16, counter: 8 });
    await known(table);
  });
  afterAll(() => server.stop());

  it('an order of a known customer that changes no stage costs at most 6 write and 3 read units', async () => {
    const cost = await metered(() => reactTo(table, sampleCustomer({ version: 2, wakeAt: sampleNow + days(100) })));
    console.info(`order without stage change: ${cost.writeUnits} write, ${cost.readUnits} read units`);
    expect(cost.writeUnits).toBeGreaterThan(2);
    expect(cost.writeUnits).toBeLessThanOrEqual(6);
    expect(cost.readUnits).toBeGreaterThan(0);
    expect(cost.readUnits).toBeLessThanOrEqual(3);
  });

  it('an event of a known customer costs at most 4 write and 3 read units, the dropping of its words among them', async () => {
    const cost = await metered(() => tell(table, sampleCustomer({ version: 2 })));
    console.info(`event: ${cost.writeUnits} write, ${cost.readUnits} read units`);
    expect(cost.writeUnits).toBeGreaterThan(2);
    expect(cost.writeUnits).toBeLessThanOrEqual(4);
    expect(cost.readUnits).toBeLessThanOrEqual(3);
  });

  it('an order that changes the stage and enrols costs at most 18 write units', async () => {
    const next = sampleCustomer({ version: 2, stage: 'active', visit: 4, wakeAt: sampleNow + days(100) });
    const cost = await metered(async () => {
      await reactTo(table, next);
      await followVisit(table);
    });
    console.info(`order with stage change and enrolment: ${cost.writeUnits} write, ${cost.readUnits} read units`);
    expect(cost.writeUnits).toBeGreaterThan(6);
    expect(cost.writeUnits).toBeLessThanOrEqual(18);
  });

  it('a send costs at most 15 write units from creation to delivery, the hourly health count among them', async () => {
    const cost = await metered(() => deliver(table));
    console.info(`send: ${cost.writeUnits} write, ${cost.readUnits} read units`);
    expect(cost.calls).toBe(6);
    expect(cost.writeUnits).toBeGreaterThan(6);
    expect(cost.writeUnits).toBeLessThanOrEqual(15);
  });
});

describe('item sizes', () => {
  it('a customer with a name, two identities and five orders stays within 1 KB', () => {
    const customer = sampleCustomer();
    const key = { pk: customerPk(store, customerId), sk: 'CUSTOMER' };
    const item = writeCustomer(
      customer,
      dueAttributes({ dueShards: 16 }, key, { kind: 'customer', at: customer.wakeAt }),
    );
    console.info(`CUSTOMER ${itemBytes(item)} bytes`);
    expect(itemBytes(item)).toBeLessThanOrEqual(1_024);
  });

  it('an order of one line stays within 1 KB', () => {
    const url = 'https://demo.example/products/mug?variant=41234567890';
    const line = {
      sku: 'MUG-1',
      name: 'A mug of stoneware',
      category: 'kitchen',
      quantity: 2,
      priceMinor: 6_025,
      url,
      imageUrl: `${url}.png`,
    };
    const order = sampleOrder({ lines: [line], deliveredAt: sampleNow + hours(50) });
    const bytes = itemBytes(orderItem.write(orderItemKey(order), { ...order, version: sampleRow().version }));
    console.info(`ORDER ${bytes} bytes`);
    expect(bytes).toBeLessThanOrEqual(1_024);
  });

  it('an order row stays within 200 bytes and a send, closed and told, within 600', () => {
    const row = itemBytes(writeOrderRow(customerPk(store, customerId), sampleRow()));
    const sent = close(sampleSend(), { status: 'sent', sentAt: sampleNow, messageId: 'x'.repeat(60) });
    const send = itemBytes(writeSend({ ...sent, feedback: { deliveredAt: sampleNow, clickedAt: sampleNow } }));
    console.info(`O# ${row} bytes, SEND ${send} bytes`);
    expect(row).toBeLessThanOrEqual(200);
    expect(send).toBeLessThanOrEqual(600);
  });
});
