import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { react } from '../../../functions/react/react.ts';
import { relay } from '../../../functions/relay/relay.ts';
import { dynamoCustomerStore } from '../../../shared/adapters/dynamodb/customer/customer-store.ts';
import { writeCustomer } from '../../../shared/adapters/dynamodb/items/customer-item.ts';
import { counterShard, dueShard, rollShard, rollShards } from '../../../shared/adapters/dynamodb/keys.ts';
import { dueAttributes } from '../../../shared/adapters/dynamodb/table.ts';
import type { Customer } from '../../../shared/domain/customers/customer.ts';
import { mintCustomerId } from '../../../shared/domain/identity/identities.ts';
import type { Order } from '../../../shared/domain/orders/order.ts';
import { orderVersion } from '../../../shared/domain/orders/order-version.ts';
import { minutes } from '../../../shared/domain/time.ts';
import type { CustomerStore } from '../../../shared/ports/customer-store.ts';
import type { ReactCall } from '../../../shared/ports/react-calls.ts';
import { start } from '../../support/customers.ts';
import { type DynamoServer, dynamoMissing, startDynamo } from '../../support/dynoxide.ts';
import { sampleCustomer } from '../../support/samples.ts';
import { ada, anOrder, makeWorld } from '../../support/world.ts';

/*
 * What AWS sets: a partition takes 1,000 write units a second, of a table or an index, on demand too; an index that cannot keep up
 * throttles the writes of its table (docs.aws.amazon.com/amazondynamodb: warm throughput, gsi-throttling). So a flood may throttle
 * its own customer's partition, and must not write to any partition others share as often as it comes.
 */
const batchSize = 100;
const floodSize = 1_000;

const flood = (n: number): Order => anOrder({ orderId: `bot-${n}`, placedAt: start + n });
const other = (n: number): Order =>
  anOrder({
    orderId: `o-${n}`,
    placedAt: start,
    customer: { ...ada, externalId: `c-${n}`, email: `p${n}@example.com` },
  });
const callOf = (order: Order): ReactCall => ({ type: 'order', key: order });

/** A world whose writes of customers are counted, and refused where told. */
const counting = async (refuses: (customer: Customer) => boolean = () => false) => {
  const world = await makeWorld();
  const writes = { customers: [] as Customer[], rows: 0 };
  const { customers } = world.deps;
  const counted: CustomerStore = {
    ...customers,
    save: async (customer) => {
      if (refuses(customer)) throw new Error('KeyRangeThroughputExceeded');
      writes.customers.push(customer);
      return customers.save(customer);
    },
    putOrderRow: async (...row) => {
      writes.rows += 1;
      return customers.putOrderRow(...row);
    },
  };
  const put = async (orders: readonly Order[]): Promise<readonly ReactCall[]> => {
    for (const order of orders) await world.deps.intake.putOrder(order, orderVersion(order));
    return orders.map(callOf);
  };
  return {
    world,
    writes,
    put,
    react: (calls: readonly ReactCall[]) => react({ ...world.deps, customers: counted }, calls, start + minutes(1)),
  };
};

const batchesOf = (calls: readonly ReactCall[]): readonly (readonly ReactCall[])[] =>
  Array.from({ length: Math.ceil(calls.length / batchSize) }, (_, n) =>
    calls.slice(n * batchSize, (n + 1) * batchSize),
  );

describe('fault 23: one customer with a thousand events', () => {
  it('is written once for each batch, however many of its events are in it', async () => {
    const { writes, put, react } = await counting();
    const calls = await put(Array.from({ length: floodSize }, (_, n) => flood(n)));
    for (const batch of batchesOf(calls)) expect(await react(batch)).toEqual([]);
    expect(writes.rows).toBe(floodSize);
    expect(writes.customers.length).toBeLessThanOrEqual(floodSize / batchSize);
    expect(writes.customers.at(-1)?.history).toMatchObject({ placed: floodSize, orders: 1 });
  });

  it('holds up nobody in its batch, and those behind it by one turn for each hundred events', async () => {
    const { world, writes, put, react } = await counting();
    const others = Array.from({ length: 20 }, (_, n) => other(n + 2));
    const batches = batchesOf(await put([...Array.from({ length: 990 }, (_, n) => flood(n)), ...others]));
    let turn = 0;
    const reached = new Map<string, number>();
    for (const batch of batches) {
      turn += 1;
      const before = writes.customers.length;
      await react(batch);
      for (const { customerId } of writes.customers.slice(before))
        if (!reached.has(customerId)) reached.set(customerId, turn);
    }
    expect(batches).toHaveLength(11);
    for (const { customer } of others) {
      const id = await world.deps.identities.find('demo', `standard:${customer?.externalId}`);
      expect(reached.get(id ?? '')).toBeGreaterThanOrEqual(10);
    }
    // Nobody but the flood was written twice, and the flood once in a turn.
    expect(writes.customers).toHaveLength(20 + 10);
  });

  it('throttled, fails alone: the others of its batch are committed in the same turn', async () => {
    const floodId = mintCustomerId('demo', 'standard:c-1');
    const { writes, put, react } = await counting(({ customerId }) => customerId === floodId);
    const others = Array.from({ length: 10 }, (_, n) => other(n + 2));
    const failed = await react(await put([...Array.from({ length: 90 }, (_, n) => flood(n)), ...others]));
    expect(failed).toHaveLength(90);
    expect(failed.every(({ call }) => call.type === 'order' && call.key.orderId.startsWith('bot-'))).toBe(true);
    expect(new Set(writes.customers.map(({ customerId }) => customerId)).size).toBe(10);
  });

  it('is told to the bus as often as it was written, not as often as it came', async () => {
    const { world, writes, put, react } = await counting();
    for (const batch of batchesOf(await put(Array.from({ length: 300 }, (_, n) => flood(n))))) await react(batch);
    const told: object[] = [];
    let before: Customer | undefined;
    for (const after of writes.customers) {
      const bus = { publish: async (facts: readonly object[]) => void told.push(...facts) };
      await relay({ ...world.deps, bus }, [before === undefined ? { after } : { before, after }]);
      before = after;
    }
    expect(told.length).toBeGreaterThan(0);
    expect(told.length).toBeLessThanOrEqual(2 * writes.customers.length);
  });
});

describe('fault 23: a rush of stage changes', () => {
  const ids = Array.from({ length: 20_000 }, (_, n) => mintCustomerId('demo', `standard:${n}`));
  const busiest = (shardOf: (id: string) => number): number => {
    const sums = new Map<number, number>();
    for (const id of ids) sums.set(shardOf(id), (sums.get(shardOf(id)) ?? 0) + 1);
    return (Math.max(...sums.values()) * sums.size) / ids.length;
  };

  it.each<[string, number, (id: string) => number]>([
    ['the due index', 16, (id) => dueShard(id, 16)],
    ['the roll', rollShards, rollShard],
    ['the counters', 8, (id) => counterShard(id, 8)],
  ])('%s takes it on %i partitions, the busiest little above its share', (_what, shards, shardOf) => {
    expect(new Set(ids.map(shardOf)).size).toBe(shards);
    expect(busiest(shardOf)).toBeLessThan(1.25);
  });

  it('a stage is no key of any index: whoever changes it stays in their partitions', () => {
    for (const customerId of ids.slice(0, 200)) {
      const [a, b] = ['new', 'lost'].map((stage, n) => {
        const customer = sampleCustomer({ customerId, stage, visit: n + 1 });
        const key = { pk: `S#demo#C#${customerId}`, sk: 'CUSTOMER' };
        return writeCustomer(customer, dueAttributes({ dueShards: 16 }, key, { kind: 'customer', at: start + n }));
      });
      expect([a?.['duePk'], a?.['rollPk'], a?.['rollSk']]).toEqual([b?.['duePk'], b?.['rollPk'], b?.['rollSk']]);
      expect(JSON.stringify([a?.['duePk'], a?.['rollPk'], a?.['rollSk']])).not.toContain('new');
    }
  });
});

describe.skipIf(dynamoMissing)(`fault 23: what a folded batch costs ${dynamoMissing ?? ''}`, () => {
  let server: DynamoServer;
  beforeAll(async () => {
    server = await startDynamo();
  });
  afterAll(() => server.stop());

  it('a write unit for each order, which is spread over nobody else, and a handful for the customer', async () => {
    const { world, put } = await counting();
    const customers = dynamoCustomerStore(await server.open({ due: 16, counter: 8 }));
    const deps = { ...world.deps, customers };
    const [first = [], second = []] = batchesOf(await put(Array.from({ length: 200 }, (_, n) => flood(n))));
    await react(deps, first, start + minutes(1));
    const before = server.meter.writeUnits;
    await react(deps, second, start + minutes(1));
    const units = server.meter.writeUnits - before;
    console.info(`a batch of ${batchSize} orders of one customer: ${units} write units`);
    expect(units).toBeGreaterThanOrEqual(batchSize);
    expect(units).toBeLessThanOrEqual(batchSize + 10);
  });
});
