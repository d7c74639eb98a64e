import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawSample } from '../../functions/sample/draw-sample.ts';
import { loadSample } from '../../functions/sample/load-sample.ts';
import type { Attributes } from '../../shared/adapters/dynamodb/codec/codec.ts';
import { loadCustomerFile } from '../../shared/adapters/dynamodb/customer/customer-file.ts';
import { loadManyCustomers } from '../../shared/adapters/dynamodb/customer/load-many-customers.ts';
import { writeCustomer } from '../../shared/adapters/dynamodb/items/customer-item.ts';
import { writeOrderRow } from '../../shared/adapters/dynamodb/items/order-row-item.ts';
import { customerPk } from '../../shared/adapters/dynamodb/keys.ts';
import { dynamoCustomerRoll } from '../../shared/adapters/dynamodb/store/customer-roll.ts';
import type { ShardedTable } from '../../shared/adapters/dynamodb/table.ts';
import { foldOrders } from '../../shared/domain/facts/fold-orders.ts';
import { countingPolicy } from '../../shared/domain/store.ts';
import { type DynamoServer, dynamoMissing, startDynamo } from '../support/dynoxide.ts';
import { sampleCustomer, sampleNow, sampleRow } from '../support/samples.ts';
import { shop } from '../support/world.ts';

const customers = 10_000;
const wanted = 500;
const history = foldOrders([sampleRow()], countingPolicy(shop), sampleNow);

/** As much of a customer as the roll shows: whoever is not drawn is never looked at beyond that. */
const inRoll = ({ pk, sk, entity, v, stage, lifecycle, fit, sampleHash, rollPk, rollSk }: Attributes): Attributes =>
  Object.fromEntries(
    Object.entries({ pk, sk, entity, v, stage, lifecycle, fit, sampleHash, rollPk, rollSk }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );

/** 25 items a request. */
const put = async ({ client, name }: ShardedTable, items: readonly Attributes[]): Promise<void> => {
  const batches = Array.from({ length: Math.ceil(items.length / 25) }, (_, n) => items.slice(n * 25, (n + 1) * 25));
  while (batches.length > 0)
    await Promise.all(
      batches
        .splice(0, 16)
        .map((batch) =>
          client.send(
            new BatchWriteItemCommand({ RequestItems: { [name]: batch.map((Item) => ({ PutRequest: { Item } })) } }),
          ),
        ),
    );
};

describe.skipIf(dynamoMissing)(`a sample of ${wanted} among ${customers} ${dynamoMissing ?? ''}`, () => {
  let server: DynamoServer;
  let table: ShardedTable;
  beforeAll(async () => {
    server = await startDynamo();
    table = await server.open();
    const ids = Array.from({ length: customers }, (_, n) => `c${n}`);
    await put(
      table,
      ids.map((customerId) => inRoll(writeCustomer(sampleCustomer({ customerId })))),
    );
  }, 120_000);
  afterAll(() => server.stop());

  it('reads a few shards of the roll and those it drew, never the whole table', async () => {
    Object.assign(server.meter, { readUnits: 0 });
    const drawn = await drawSample(dynamoCustomerRoll(table), 'demo', { wanted });
    const drawing = { ...server.meter };
    await put(
      table,
      drawn.customers.flatMap((customerId) => [
        writeCustomer(sampleCustomer({ customerId, history })),
        writeOrderRow(customerPk('demo', customerId), sampleRow()),
      ]),
    );
    let queries = 0;
    const store = {
      load: (id: string, customerId: string, extent: 'decision' | 'orders' | 'whole') => {
        queries += 1;
        return loadCustomerFile(table, id, customerId, extent);
      },
      loadMany: (id: string, ids: readonly string[]) => loadManyCustomers(table, id, ids),
    };
    const sample = await loadSample(store, shop, drawn.customers);
    const { readUnits } = server.meter;
    console.info(
      `${drawn.customers.length} drawn of about ${drawn.total}: ${drawing.readUnits} read units; with their orders ${readUnits} read units`,
    );
    expect(sample).toHaveLength(drawn.customers.length);
    expect(Math.abs(drawn.customers.length - wanted)).toBeLessThan(0.15 * wanted);
    expect(Math.abs(drawn.total - customers)).toBeLessThan(0.15 * customers);
    expect(sample.every(({ series }) => series.length === 1)).toBe(true);
    expect(queries).toBe(0);
    // Half a unit each for a customer with few orders, and the shards they lie in.
    expect(drawing.readUnits).toBeLessThan(0.05 * customers);
    expect(readUnits - drawing.readUnits).toBeLessThanOrEqual(0.5 * drawn.customers.length);
  });
});
