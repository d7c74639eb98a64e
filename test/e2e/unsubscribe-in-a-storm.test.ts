import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { signedHeaders } from '../../infra/local/start/play/sign-delivery.ts';
import { dynamoCustomerStore } from '../../shared/adapters/dynamodb/customer/customer-store.ts';
import { dynamoIdentityStore } from '../../shared/adapters/dynamodb/identity-store.ts';
import { days, hours, toIso } from '../../shared/domain/time.ts';
import {
  type RealRun,
  type RealTemplates,
  startReal,
  synthesizeReal,
} from '../integration/local/fixture/real-stack.ts';
import { getJson, post } from '../integration/local/fixture/running.ts';
import { mailedPerson, orderOf, type Person } from './support/people.ts';

const flooded = 200;
const large = 10;
/** What a person waits for a button to answer, on a machine that does everything else as well. */
const patienceMs = 5_000;

let real: RealTemplates;
let run: RealRun;
beforeAll(async () => {
  real = await synthesizeReal();
  run = await startReal(real.templates);
}, 120_000);
afterAll(async () => {
  await run.close();
  await real.remove();
});

const table = () => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: run.awsEndpoint, region: 'us-east-1', credentials });
  const [name = ''] = Object.values(run.tableNames);
  return { client, name, dueShards: 1, counterShards: 1 };
};
const fileOf = async ({ id }: Person) => {
  const there = table();
  const customer = await dynamoIdentityStore(there).find('demo', `standard:${id}`);
  return customer === undefined ? undefined : dynamoCustomerStore(there).load('demo', customer, 'decision');
};

const deliver = async (data: object): Promise<number> => {
  const body = JSON.stringify({ type: 'order.created', timestamp: toIso(run.now()), data });
  const delivery = { source: 'standard' as const, topic: 'order.created', id: `msg_${randomUUID()}`, body };
  const headers = signedHeaders(delivery, run.secrets, run.now());
  return (await fetch(`${run.api}/webhooks/demo/standard`, { method: 'POST', headers, body })).status;
};

const inbox = z.array(z.object({ headers: z.record(z.string(), z.string()) }));
/** The link a mail program finds in somebody's last mail. */
const linkOf = async ({ email }: Person): Promise<string> => {
  const mails = inbox.parse(await getJson(`${run.control}/inbox?to=${email}`));
  return (mails.at(-1)?.headers['List-Unsubscribe'] ?? '').replace(/[<>]/g, '');
};

const clicked = async (link: string, body?: string): Promise<Readonly<{ status: number; tookMs: number }>> => {
  const began = performance.now();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const { status } = await fetch(link, { method: 'POST', headers, ...(body !== undefined && { body }) });
  return { status, tookMs: performance.now() - began };
};

/** Everything but unsubscribing fails: functions, mail, bus and queues; streams are held up, as AWS holds them for a throttled reader. */
const breakEverything = async (): Promise<void> => {
  const others = Object.values(run.functionNames)
    .map((name) => name.replace(/^perennial-prod-/, ''))
    .filter((name) => name !== 'unsubscribe' && name !== 'ingest');
  expect(others.length).toBeGreaterThan(8);
  const always = { probability: 1, seed: 1 };
  const faults = [
    ...others.map((operation, n) => ({ service: 'lambda', operation, kind: n % 2 ? 'error' : 'throttle', ...always })),
    ...['react', 'relay'].map((operation) => ({
      service: 'stream',
      operation,
      kind: 'delay',
      delayMs: hours(1),
      ...always,
    })),
    ...['ses', 'eventbridge', 'queue'].map((service) => ({ service, kind: 'error', ...always })),
    { service: 'lambda', operation: 'ingest', kind: 'error', probability: 0.3, seed: 7 },
  ];
  for (const fault of faults) expect((await post(`${run.control}/faults`, fault)).status).toBe(201);
};

const withWelcome = async (): Promise<readonly [Person, Person, Person]> => {
  const people = [mailedPerson(), mailedPerson(), mailedPerson()] as const;
  for (const person of people) expect(await run.order(person, `${person.id}-1`)).toBe(202);
  await run.advanceTo(run.now() + days(9));
  for (const person of people) expect(await run.mailed(person)).toEqual(['welcome']);
  return people;
};

describe('unsubscribing while everything else fails', () => {
  it('works at once, by the mail program and by the page; nobody is mailed after it, and the flood is digested whole', async () => {
    const [byProgram, byPage, stays] = await withWelcome();
    const [oneClick, page] = [await linkOf(byProgram), await linkOf(byPage)];
    const at = run.now();
    await breakEverything();

    const people = Array.from({ length: flooded }, mailedPerson);
    const heavy = Array.from({ length: 4_000 }, (_, n) => ({ sku: `s-${n}`, name: 'n'.repeat(120), quantity: 1 }));
    const orders = [
      ...[byProgram, byPage, stays].map((person) => orderOf(person, `${person.id}-2`, at)),
      ...people.map((person, n) => orderOf(person, `${person.id}-1`, at, n < large ? { lines: heavy } : {})),
    ];
    const flood = Promise.all(orders.map(deliver));
    const tooLarge = deliver(orderOf(stays, 'huge', at, { note: 'x'.repeat(2_000_000) }));

    // In the middle of it.
    const program = await clicked(oneClick, 'List-Unsubscribe=One-Click');
    expect((await fetch(page)).status).toBe(200);
    const button = await clicked(page);
    expect([program.status, button.status]).toEqual([200, 200]);
    console.info(`opted out in ${Math.round(program.tookMs)} ms by program, ${Math.round(button.tookMs)} ms by page`);
    expect(Math.max(program.tookMs, button.tookMs)).toBeLessThan(patienceMs);
    for (const person of [byProgram, byPage])
      expect((await fileOf(person))?.contact.optedOutAt).toBeGreaterThanOrEqual(at);

    const statuses = await flood;
    expect([413, 500]).toContain(await tooLarge);
    expect(new Set(statuses)).toEqual(new Set([202, 500]));
    // Nothing of it has reached a customer: the storm is real.
    for (const person of people) expect(await fileOf(person)).toBeUndefined();

    await fetch(`${run.control}/faults`, { method: 'DELETE' });
    // What was answered with 5xx its sender sends again.
    for (const [n, order] of orders.entries()) if (statuses[n] !== 202) expect(await deliver(order)).toBe(202);
    await run.advanceTo(run.now() + days(1));
    const lost: string[] = [];
    for (const person of people) if ((await fileOf(person))?.customer?.history.orders !== 1) lost.push(person.id);
    expect(lost).toEqual([]);
    for (const person of [byProgram, byPage, stays])
      expect((await fileOf(person))?.customer).toMatchObject({ stage: 'active', history: { orders: 2 } });

    await run.advanceTo(run.now() + days(13));
    expect(await run.mailed(stays)).toEqual(['welcome', 'upsell']);
    expect([await run.mailed(byProgram), await run.mailed(byPage)]).toEqual([['welcome'], ['welcome']]);
    const mailed = await Promise.all(people.map(run.mailed));
    expect(mailed.filter((campaigns) => campaigns.length !== 1 || campaigns[0] !== 'welcome')).toEqual([]);
  }, 240_000);
});
