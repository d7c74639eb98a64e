import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalRun, startLocalRun } from './support/local-run.ts';

const folder = join(import.meta.dirname, '../../../shared/data/webhooks/shopify');
const isThere = existsSync(folder);
if (!isThere) console.log('skipped: Shopify payloads end to end, because ../shared/data is not there');

const payload = (name: string): string => readFileSync(join(folder, `${name}.json`), 'utf8');
type Delivery = Readonly<{ bodyFile: string; topic: string }>;

describe.skipIf(!isThere)("Shopify's own payloads, signed and posted", () => {
  let run: LocalRun;
  beforeAll(async () => {
    run = await startLocalRun();
  }, 120_000);
  afterAll(async () => {
    await run.stop();
  });

  const quarantine = async () =>
    ((await run.admin('/v1/quarantine?store=demo')).body as { items: { topic: string; reason: string }[] }).items;

  it('every topic is answered 202, twice, and nothing ends in a dead-letter queue', async () => {
    const deliveries = JSON.parse(payload('deliveries')) as readonly Delivery[];
    expect(deliveries.length).toBeGreaterThan(15);
    for (const { bodyFile, topic } of [...deliveries, ...deliveries]) {
      const body = readFileSync(join(folder, bodyFile), 'utf8');
      expect((await run.shopify(topic, body)).status, bodyFile).toBe(202);
    }
    await run.idle();
    const status = (await run.control('/status')) as { queues: Record<string, { dead: number }> };
    expect(Object.values(status.queues).reduce((sum, { dead }) => sum + dead, 0)).toBe(0);
  });

  it('what the operator must act on stands in quarantine', async () => {
    const reasons = (await quarantine()).map(({ topic }) => topic);
    expect(reasons).toEqual(expect.arrayContaining(['customers/data_request', 'shop/redact', 'app/uninstalled']));
  });

  it('ids beyond 2^53 survive exactly', async () => {
    const body = payload('customers_create');
    const id = /"id":\s*(\d{16,})/.exec(body)?.[1] ?? '';
    expect(Number.isSafeInteger(Number(id))).toBe(false);
    const found = (await run.admin(`/v1/customers?store=demo&externalId=shopify:${id}`)).body as { items: object[] };
    const neighbour = (BigInt(id) + 1n).toString();
    const none = (await run.admin(`/v1/customers?store=demo&externalId=shopify:${neighbour}`)).body as {
      items: object[];
    };
    expect(found.items.length).toBeLessThanOrEqual(1);
    expect(none.items).toEqual([]);
  });

  it('a re-serialised body is refused: the signature is over the raw bytes', async () => {
    const body = payload('orders_create');
    const other = JSON.stringify(JSON.parse(body), null, 1);
    expect(other).not.toBe(body);
    const answer = await fetch(`${run.api}/webhooks/demo/shopify`, {
      method: 'POST',
      body: other,
      headers: {
        'x-shopify-topic': 'orders/create',
        'x-shopify-hmac-sha256': createHmac('sha256', run.secrets['shopify'] ?? '')
          .update(body)
          .digest('base64'),
      },
    });
    expect(answer.status).toBe(401);
    expect(await answer.text()).not.toContain('signature');
  });

  it('an erasure request removes the person, and nothing is mailed after it', async () => {
    const order = JSON.parse(payload('orders_create')) as { customer?: { id: number; email: string } };
    const now = new Date(await run.now()).toISOString();
    const email = 'forget.me@example.com';
    const body = JSON.stringify({
      ...order,
      id: 900_001,
      email,
      created_at: now,
      processed_at: now,
      updated_at: now,
      buyer_accepts_marketing: true,
      customer: { id: 900_002, email, accepts_marketing: true },
    });
    await run.shopify('orders/create', body);
    await run.idle();
    const found = (await run.admin('/v1/customers?store=demo&externalId=shopify:900002')).body as {
      items: { id: string }[];
    };
    expect(found.items).toHaveLength(1);
    await run.shopify(
      'customers/redact',
      JSON.stringify({
        shop_id: 1,
        shop_domain: 'demo.myshopify.com',
        customer: { id: 900_002, email },
        orders_to_redact: [900_001],
      }),
    );
    await run.idle();
    expect((await run.admin(`/v1/customers/${found.items[0]?.id}?store=demo`)).status).toBe(410);
    await run.advance('P30D');
    expect(await run.inbox({ to: email })).toEqual([]);
  });
});
