import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseColumnMap } from '../../../infra/local/orders/columns.ts';
import { historyScript } from '../../../infra/local/orders/history-script.ts';
import {
  type HistoryOutcome,
  type ReadOptions,
  readHistory,
  readHistoryFile,
} from '../../../infra/local/orders/read-history.ts';

const options: ReadOptions = { zone: 'Europe/London', map: {}, currency: 'GBP' };

async function* chunksOf(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += 50) yield text.slice(at, at + 50);
}

const read = (text: string, more: Partial<ReadOptions> = {}): Promise<HistoryOutcome> =>
  readHistory(chunksOf(text), { ...options, ...more });

const history = async (text: string, more: Partial<ReadOptions> = {}) => {
  const outcome = await read(text, more);
  if (outcome.type === 'refused') throw new Error(outcome.message);
  return outcome.history;
};

const refusal = async (text: string, more: Partial<ReadOptions> = {}): Promise<string> => {
  const outcome = await read(text, more);
  return outcome.type === 'refused' ? outcome.message : '(read)';
};

describe('order files', () => {
  it('are read by header, in any order, with optional columns', async () => {
    const text =
      'total,placed_at,order_id,customer_id,status,refunded,email\n10.50,2026-01-05T10:00:00Z,o1,c1,partially_refunded,2.00,a@example.com\n';
    const { orders, customers } = await history(text);
    expect(customers).toBe(1);
    expect(orders[0]).toMatchObject({
      orderId: 'o1',
      customerId: 'c1',
      email: 'a@example.com',
      totalMinor: 1_050,
      refundedMinor: 200,
      status: 'partially_refunded',
    });
  });

  it('group lines by order id and sum quantity x price exactly', async () => {
    const text =
      'customer_id,order_id,placed_at,sku,quantity,price\nc,o,2026-01-05 10:00,A,3,0.10\nc,o,2026-01-05 10:00,B,1,0.001\nc,p,2026-01-06 10:00,A,7,0.35\n';
    const { orders } = await history(text);
    expect(orders.map(({ orderId, totalMinor, lines }) => [orderId, totalMinor, lines.length])).toEqual([
      ['o', 30, 2],
      ['p', 245, 1],
    ]);
  });

  it("take a total repeated on every line once, and differing totals as each line's", async () => {
    const head = 'customer_id,order_id,placed_at,total,sku\n';
    const repeated = await history(`${head}c,o,2026-01-05,12.00,A\nc,o,2026-01-05,12.00,B\n`);
    expect(repeated.orders[0]?.totalMinor).toBe(1_200);
    expect(repeated.assumptions[0]).toContain('repeats');
    const differing = await history(`${head}c,o,2026-01-05,12.00,A\nc,o,2026-01-05,3.00,B\n`);
    expect(differing.orders[0]?.totalMinor).toBe(1_500);
    expect(differing.assumptions[0]).toContain('summed');
  });

  it('keep an order without a customer as revenue only', async () => {
    const read = await history('customer_id,order_id,placed_at,total\n,o,2026-01-05,5\nc,p,2026-01-06,5\n');
    expect(read.ordersWithoutCustomer).toBe(1);
    expect(historyScript(read, { consent: 'assumed' }).take(Number.MAX_SAFE_INTEGER).map(bodyOf)).toMatchObject([
      { data: { customer: null } },
      { data: { customer: { id: 'c', email: 'c-c@customers.invalid' } } },
    ]);
  });

  it('are refused without the needed columns, with the next step', async () => {
    expect(await refusal('client,order_id,placed_at\n')).toBe(
      "cannot read orders: 'customer_id', 'total' must be columns of the file, got client, order_id, placed_at\nsay which they are: --map customer_id=YourHeader,total=YourHeader",
    );
    expect(
      await refusal('client,order_id,placed_at,total\nx,1,2026-01-01,1\n', { map: { customer_id: 'Client' } }),
    ).toBe('(read)');
    expect(await refusal('client,order_id,placed_at,total\n', { map: { customer_id: 'Buyer' } })).toContain(
      "'Buyer' (for customer_id)",
    );
    expect(await refusal('')).toContain('must have a header line');
    expect(await refusal('customer_id,order_id,placed_at,total\n')).toContain('must hold orders');
  });

  it('are refused whole for what cannot be read, with the line and the rule', async () => {
    const text =
      'customer_id,order_id,placed_at,total,status\nc,1,soon,1,paid\nc,2,2026-01-01,one,paid\nc,3,2026-01-01,1,maybe\nc,4,2026-01-01,1,\n';
    const message = await refusal(text);
    expect(message).toContain('3 orders are not readable');
    expect(message).toContain(`line 2: 'placed_at' must be a time`);
    expect(message).toContain(`line 3: 'total' must be a number, got "one"`);
    expect(message).toContain(`line 4: 'status' must be one of draft`);
  });

  it('name a file that is not there', async () => {
    expect(await readHistoryFile('/nowhere/orders.csv', options)).toMatchObject({
      type: 'refused',
      message: expect.stringContaining('a file that exists'),
    });
  });

  it('map themselves when Shopify exported them', async () => {
    const head =
      'Name,Email,Financial Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Country,Cancelled at,Refunded Amount';
    const text = `${head}\n#1001,a@example.com,paid,EUR,30.00,2026-01-05 10:00:00 +0100,1,Mug,18.00,MUG,DE,,0.00\n#1001,a@example.com,,,,2026-01-05 10:00:00 +0100,1,Tea,12.00,TEA,,,\n#1002,b@example.com,refunded,EUR,5.00,2026-01-06 10:00:00 +0100,1,Tea,5.00,TEA,DE,2026-01-07 10:00:00 +0100,5.00\n`;
    const { layout, currency, orders } = await history(text);
    expect([layout, currency]).toEqual(['Shopify orders export', 'EUR']);
    expect(orders).toMatchObject([
      { orderId: '#1001', totalMinor: 3_000, status: 'paid', country: 'DE', lines: [{ sku: 'MUG' }, { sku: 'TEA' }] },
      { orderId: '#1002', status: 'cancelled', refundedMinor: 500 },
    ]);
  });
});

describe('--map', () => {
  it('reads pairs and refuses unknown fields', () => {
    expect(parseColumnMap('customer_id=Client No, total=Sum')).toEqual({
      map: { customer_id: 'Client No', total: 'Sum' },
    });
    expect(parseColumnMap('customer=Client')).toMatchObject({
      refused: expect.stringContaining('got customer=Client'),
    });
  });
});

describe('a history as webhooks', () => {
  it('tells orders and refunds in order of time, refunds with growing amounts of the same order', async () => {
    const text =
      'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n1,A,"Mug, blue",4,2026-01-05 10:00:00,2.50,7,Germany\nC2,A,"Mug, blue",-1,2026-01-08 10:00:00,2.50,7,Germany\nC3,A,"Mug, blue",-3,2026-01-09 10:00:00,2.50,7,Germany\n';
    const script = historyScript(await history(text), { consent: 'none' });
    const bodies = script.take(Number.MAX_SAFE_INTEGER).map(bodyOf);
    expect(bodies).toMatchObject([
      {
        type: 'order.created',
        data: {
          id: '1',
          status: 'paid',
          total: '10.00',
          refunded: '0.00',
          customer: { country: 'DE' },
          lines: [{ sku: 'A', quantity: 4, price: '2.50' }],
        },
      },
      {
        type: 'order.refunded',
        data: { id: '1', status: 'partially_refunded', refunded: '2.50', updatedAt: '2026-01-08T10:00:00.000Z' },
      },
      { type: 'order.refunded', data: { id: '1', status: 'refunded', refunded: '10.00' } },
    ]);
    expect(JSON.stringify(bodies)).not.toContain('consent');
  });
});

const bodyOf = (act: Readonly<{ type: string; delivery?: Readonly<{ body: string }> }>): unknown =>
  JSON.parse(act.delivery?.body ?? 'null');

const data = new URL('../../../../shared/data/', import.meta.url).pathname;
const shared = describe.skipIf(!existsSync(data));

shared('real histories (../shared/data; skipped where that folder is absent)', () => {
  const real = async (file: string) => {
    const outcome = await readHistoryFile(`${data}${file}`, options);
    if (outcome.type === 'refused') throw new Error(outcome.message);
    return outcome.history;
  };

  it('Germany and France: every line is accounted for, to the penny', async () => {
    const read = await real('online-retail/online_retail_germany_france.csv');
    const refunded = new Map(read.refunds.map(({ orderId, refundedMinor }) => [orderId, refundedMinor]));
    const gross = read.orders.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
    const back = [...refunded.values()].reduce((a, b) => a + b, 0);
    const corrected = read.corrections.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    expect([read.rows, read.customers, read.layout]).toEqual([18_052, 182, 'Online Retail']);
    expect(gross - back + corrected).toBe(41_910_211);
  });

  it('CDNOW: 6,919 orders of 2,357 customers, without a header', async () => {
    const read = await real('cdnow/CDNOW_sample.txt');
    expect([read.layout, read.currency, read.orders.length, read.customers]).toEqual(['CDNOW', 'USD', 6_919, 2_357]);
  });
});
