import { expect, it } from 'vitest';
import { drawSample } from '../../../functions/sample/draw-sample.ts';
import { memoryCustomerStore } from '../../../shared/adapters/memory/memory-customer-store.ts';
import { memoryTable } from '../../../shared/adapters/memory/memory-table.ts';
import { memoryCustomerRoll } from '../../../shared/adapters/memory/store/memory-customer-roll.ts';
import type { CustomerRoll } from '../../../shared/ports/customer-roll.ts';
import { sampleCustomer } from '../../support/samples.ts';

const storeOf = async (count: number) => {
  const table = memoryTable();
  const customers = memoryCustomerStore(table);
  for (let n = 0; n < count; n++)
    await customers.save(sampleCustomer({ customerId: `c${n}`, stage: n % 4 === 0 ? 'excluded' : 'new' }));
  const shardsRead: number[] = [];
  const inner = memoryCustomerRoll(table);
  const roll: CustomerRoll = {
    ...inner,
    page: (store, shard, options) => {
      shardsRead.push(shard);
      return inner.page(store, shard, options);
    },
  };
  return { roll, shardsRead };
};

it('takes everybody of a small store, and knows how many there are', async () => {
  const { roll } = await storeOf(300);
  const all = await drawSample(roll, 'demo', { wanted: 20_000 });
  expect(all.customers).toHaveLength(300);
  expect(all.total).toBe(300);
  const standing = await drawSample(roll, 'demo', { wanted: 20_000, keep: ({ stage }) => stage !== 'excluded' });
  expect(standing).toMatchObject({ total: 225 });
});

it('reads no more shards than it needs, draws the same each time, and estimates the rest', async () => {
  const { roll, shardsRead } = await storeOf(3_000);
  const drawn = await drawSample(roll, 'demo', { wanted: 200 });
  expect(shardsRead.length).toBeLessThan(12);
  expect(drawn.customers.length).toBeGreaterThan(140);
  expect(drawn.customers.length).toBeLessThanOrEqual(260);
  expect(drawn.total).toBeGreaterThan(2_200);
  expect(drawn.total).toBeLessThan(3_800);
  expect(new Set(drawn.customers).size).toBe(drawn.customers.length);
  expect(await drawSample(roll, 'demo', { wanted: 200 })).toEqual(drawn);
});

it('takes a share of one shard by hash where a shard alone is more than enough', async () => {
  const { roll, shardsRead } = await storeOf(3_000);
  const drawn = await drawSample(roll, 'demo', { wanted: 10 });
  expect(new Set(shardsRead).size).toBe(1);
  expect(drawn.customers.length).toBeGreaterThan(2);
  expect(drawn.customers.length).toBeLessThan(25);
});

it('answers for a store without customers', async () => {
  const { roll } = await storeOf(0);
  expect(await drawSample(roll, 'demo', { wanted: 10 })).toEqual({ customers: [], total: 0 });
});
