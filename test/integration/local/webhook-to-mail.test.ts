import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { getJson, post, postOrder, type RunningMini, startMini } from './fixture/running.ts';

const startAt = Date.parse('2025-03-01T09:00:00Z');
const inboxShape = z.array(
  z.strictObject({
    id: z.string(),
    at: z.iso.datetime(),
    to: z.string(),
    from: z.string(),
    subject: z.string(),
    headers: z.record(z.string(), z.string()),
    text: z.string(),
    html: z.string(),
    tags: z.record(z.string(), z.string()),
  }),
);
const meteringShape = z.object({
  now: z.string(),
  readUnits: z.number(),
  writeUnits: z.number(),
  invocations: z.number(),
  events: z.number(),
  mails: z.number(),
});

describe('from a webhook to the inbox', () => {
  let stack: RunningMini;
  let db: DynamoDBClient;
  beforeAll(async () => {
    stack = await startMini({ clockStartAt: startAt });
    db = new DynamoDBClient({
      endpoint: stack.awsEndpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'x' },
    });
  });
  afterAll(() => stack.close());

  const inbox = async (query = '') => inboxShape.parse(await getJson(`${stack.control}/inbox${query}`));
  const metering = async (query = '') => meteringShape.parse(await getJson(`${stack.control}/metering${query}`));
  const itemsOf = async (pk: string) =>
    (
      await db.send(
        new QueryCommand({
          TableName: 'mini',
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: pk } },
        }),
      )
    ).Items ?? [];

  it('an order reaches the inbox, and the mail events reach the table', async () => {
    expect((await postOrder(stack, 'first', { to: 'ada@example.com' })).status).toBe(202);
    await stack.idle();
    const [mail] = await inbox('?to=ADA@example.com&campaign=thanks');
    expect(mail).toMatchObject({
      to: 'ada@example.com',
      from: 'Shop <shop@example.com>',
      subject: 'Thank you ✓ first',
      text: 'Order first',
      tags: { campaign: 'thanks', order: 'first' },
    });
    expect(mail?.headers['List-Unsubscribe']).toBe('<https://example.com/u/1>');
    expect((await itemsOf('O#first')).map(({ sk }) => sk?.S).sort()).toEqual([
      'MAIL#Email Delivered',
      'MAIL#Email Sent',
      'ORDER',
    ]);
  });

  it('handlers live in virtual time', async () => {
    const [order] = (await itemsOf('O#first')).filter(({ sk }) => sk?.S === 'ORDER');
    expect(Number(order?.['at']?.N)).toBeGreaterThanOrEqual(startAt);
    expect(Number(order?.['at']?.N)).toBeLessThan(startAt + 60_000);
    const [mail] = await inbox('?to=ada@example.com');
    expect(mail?.at.slice(0, 13)).toBe('2025-03-01T09');
  });

  it('the raw message parses as mail', async () => {
    const [mail] = await inbox('?to=ada@example.com');
    const raw = await fetch(`${stack.control}/inbox/${encodeURIComponent(mail?.id ?? '')}/raw`);
    expect(raw.headers.get('content-type')).toBe('message/rfc822');
    const parsed = await PostalMime.parse(await raw.arrayBuffer());
    expect(parsed).toMatchObject({
      subject: 'Thank you ✓ first',
      to: [{ address: 'ada@example.com' }],
      from: { address: 'shop@example.com' },
    });
    expect(parsed.html?.trim()).toBe('<p>Order <b>first</b></p>');
    expect(parsed.headers.find(({ key }) => key === 'list-unsubscribe')?.value).toBe('<https://example.com/u/1>');
  });

  it('meters what one order costs: three writes, one event, one mail; a refused write costs its unit', async () => {
    const { now: before } = await metering();
    await postOrder(stack, 'metered');
    await stack.idle();
    const spent = await metering(`?since=${before}`);
    expect(spent).toMatchObject({ writeUnits: 3, readUnits: 0, events: 1, mails: 1, invocations: 5 });
    expect(await (await postOrder(stack, 'metered')).json()).toEqual({ status: 'ignored' });
    await stack.idle();
    const again = await metering(`?since=${spent.now}`);
    expect(again).toMatchObject({ writeUnits: 1, mails: 0, invocations: 1 });
    await postOrder(stack, 'large', { note: 'x'.repeat(2_500) });
    await stack.idle();
    expect(await metering(`?since=${again.now}`)).toMatchObject({ writeUnits: 5 });
  });

  it('counts per function and refuses an unreadable since', async () => {
    const report = z
      .object({ byFunction: z.record(z.string(), z.object({ writeUnits: z.number() })) })
      .parse(await getJson(`${stack.control}/metering`));
    expect(report.byFunction['feedback']?.writeUnits).toBeGreaterThan(0);
    expect(report.byFunction['relay']?.writeUnits).toBe(0);
    expect((await fetch(`${stack.control}/metering?since=yesterday`)).status).toBe(422);
  });

  it.each([
    ['bounce@simulator.amazonses.com', ['MAIL#Email Bounced', 'MAIL#Email Sent']],
    [
      'complaint+7@simulator.amazonses.com',
      ['MAIL#Email Complaint Received', 'MAIL#Email Delivered', 'MAIL#Email Sent'],
    ],
    ['suppressionlist@simulator.amazonses.com', ['MAIL#Email Bounced', 'MAIL#Email Sent']],
  ])('the simulator address %s behaves as at AWS', async (to, events) => {
    const id = to.replace(/\W/g, '-');
    await postOrder(stack, id, { to });
    await stack.idle();
    const found = (await itemsOf(`O#${id}`)).map(({ sk }) => sk?.S).filter((sk) => sk !== 'ORDER');
    expect(found.sort()).toEqual(events);
  });

  it('publishes a mail event on demand, but only of types the configuration set sends', async () => {
    await postOrder(stack, 'asked', { to: 'bo@example.com' });
    await stack.idle();
    const messageId = (await inbox('?to=bo@example.com'))[0]?.id;
    expect(
      (await post(`${stack.control}/mail-events`, { messageId, type: 'bounce', detail: { bounceType: 'Transient' } }))
        .status,
    ).toBe(202);
    expect((await post(`${stack.control}/mail-events`, { messageId, type: 'open' })).status).toBe(202);
    await stack.idle();
    const found = (await itemsOf('O#asked')).map(({ sk }) => sk?.S);
    expect(found).toContain('MAIL#Email Bounced');
    expect(found).not.toContain('MAIL#Email Opened');
    expect((await post(`${stack.control}/mail-events`, { messageId, type: 'explode' })).status).toBe(422);
    expect((await post(`${stack.control}/mail-events`, { messageId: 'unknown', type: 'bounce' })).status).toBe(404);
  });

  it('status shows an idle system by name', async () => {
    await stack.idle();
    expect(await getJson(`${stack.control}/status`)).toMatchObject({
      idle: true,
      queues: { mail: { visible: 0, inFlight: 0, dead: 0 } },
      streams: { mini: { lag: 0 } },
      functions: { relay: { errors: 0 } },
    });
    expect((await post(`${stack.control}/idle`, {})).status).toBe(200);
    expect((await fetch(`${stack.control}/nothing`)).status).toBe(404);
  });

  it('the inbox page allows no foreign script, and shows mail HTML only in a sandbox', async () => {
    const page = await fetch(stack.inbox);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(await page.text()).toContain('<title>Inbox');
    const [mail] = await inbox('?to=ada@example.com');
    const html = await fetch(`${stack.inbox}/mail/${encodeURIComponent(mail?.id ?? '')}/html`);
    expect(html.headers.get('content-security-policy')).toMatch(/^sandbox allow-popups/);
    expect(await html.text()).toBe('<p>Order <b>first</b></p>');
    expect(z.object({ total: z.number() }).parse(await getJson(`${stack.inbox}/list?q=ada thanks`)).total).toBe(1);
  });
});
