import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type LocalRun, startLocalRun } from './support/local-run.ts';
import { buy, campaignsSentTo, mailedPerson, orderOf, type Person } from './support/people.ts';

let run: LocalRun;
beforeAll(async () => {
  run = await startLocalRun();
}, 120_000);
afterAll(async () => {
  expect(await run.stop()).toBe(0);
});

const found = z.object({ id: z.string() });
const idOf = async ({ id }: Person): Promise<string> =>
  found.parse((await run.admin(`/v1/customers?externalId=standard:${id}`)).body).id;

const erased = async (): Promise<Readonly<{ person: Person; id: string; boughtAt: number }>> => {
  const person = mailedPerson();
  const boughtAt = await run.now();
  await buy(run, person, '1');
  await run.idle();
  const id = await idOf(person);
  expect((await run.admin(`/v1/customers/${id}`, { method: 'DELETE' })).status).toBe(200);
  await run.idle();
  return { person, id, boughtAt };
};

describe('erasure under the deployed roles', () => {
  it('gives everything that is kept, and nothing once it was erased', async () => {
    const person = mailedPerson();
    await buy(run, person, '1');
    await run.idle();
    const id = await idOf(person);
    const before = await run.admin(`/v1/customers/${id}:export`, { method: 'POST' });
    expect([before.status, JSON.stringify(before.body)]).toEqual([200, expect.stringContaining(person.email)]);
    await run.admin(`/v1/customers/${id}`, { method: 'DELETE' });
    await run.idle();
    const after = await run.admin(`/v1/customers/${id}:export`, { method: 'POST' });
    expect(after).toMatchObject({ status: 410, body: { reason: 'erased' } });
  });

  it('mails nobody who was erased, and late news bring nobody back', async () => {
    const { person, id, boughtAt } = await erased();
    const late = orderOf(person, `${person.id}-late`, boughtAt - 86_400_000);
    expect(await run.standard('order.created', late)).toMatchObject({ status: 202, body: { status: 'accepted' } });
    await run.advance('P12D');
    expect(await campaignsSentTo(run, person)).toEqual([]);
    expect((await run.admin(`/v1/customers/${id}`)).status).toBe(410);
    const byName = await run.admin(`/v1/customers?externalId=standard:${person.id}`);
    expect(byName).toMatchObject({ status: 200, body: { items: [] } });
  });

  it('knows who buys again as somebody new, mailed by the yes they gave then', async () => {
    const { person, id } = await erased();
    await run.advance('P2D');
    await buy(run, person, '2');
    await run.idle();
    expect(await idOf(person)).not.toBe(id);
    expect(await run.admin(`/v1/customers/${await idOf(person)}`)).toMatchObject({ body: { facts: { orders: 1 } } });
  });
});
