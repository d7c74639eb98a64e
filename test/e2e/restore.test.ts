import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { type LocalRun, startLocalRun } from './support/local-run.ts';
import { campaignsSentTo, mailedPerson, orderOf, type Person } from './support/people.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'perennial-restore-'));
const [data, copy] = [join(folder, 'data'), join(folder, 'copy')];
let running: LocalRun | undefined;
afterAll(async () => {
  await running?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const start = async (...options: readonly string[]): Promise<LocalRun> => {
  running = await startLocalRun(['--no-demo', '--data', data, ...options]);
  return running;
};
const stop = async (run: LocalRun): Promise<void> => {
  await run.idle();
  expect(await run.stop()).toBe(0);
  running = undefined;
};

/** The operator's command line, as somebody would type it. */
const perennial = async (run: LocalRun, ...words: readonly string[]) => {
  const args = [join(root, 'infra/cli/main.ts'), ...words, '--json'];
  const env = { ...process.env, PERENNIAL_HOME: run.home };
  return promisify(execFile)(process.execPath, args, { cwd: root, env }).then(
    ({ stdout }) => ({ code: 0, json: JSON.parse(stdout), stderr: '' }),
    ({ code, stderr }) => ({ code, json: undefined, stderr: String(stderr) }),
  );
};

/** Every order there ever was, as the shop still has it. */
const orders: ReturnType<typeof orderOf>[] = [];
const buys = async (run: LocalRun, person: Person): Promise<void> => {
  const order = orderOf(person, `${person.id}-${orders.length}`, await run.now());
  orders.push(order);
  expect(await run.standard('order.created', order)).toMatchObject({ status: 202, body: { status: 'accepted' } });
};
const mailTo = async (run: LocalRun, { email }: Person) => {
  const [mail] = await run.inbox({ to: email });
  if (mail === undefined) throw new Error('they should have been mailed');
  return mail;
};
const unsubscribes = async (run: LocalRun, person: Person): Promise<void> => {
  const { headers } = await mailTo(run, person);
  const url = /<(http[^>]+)>/.exec(headers['List-Unsubscribe'] ?? '')?.[1] ?? '';
  expect((await fetch(url, { method: 'POST', body: 'List-Unsubscribe=One-Click' })).status).toBe(200);
};
const isErased = async (run: LocalRun, { id }: Person): Promise<void> => {
  const found = await run.admin(`/v1/customers?externalId=standard:${id}`);
  const [{ id: ours }] = [found.body as { id: string }];
  expect((await run.admin(`/v1/customers/${ours}`, { method: 'DELETE' })).status).toBe(200);
  await run.idle();
};

const known = {
  unsubscribed: mailedPerson(),
  complained: mailedPerson(),
  erased: mailedPerson(),
  mailed: mailedPerson(),
};
const unknown = { unsubscribed: mailedPerson(), erased: mailedPerson(), mailed: mailedPerson() };
const everybody = [...Object.values(known), ...Object.values(unknown)];

describe('restore drill: an older copy of the table, the log as it is', () => {
  it('orders come in, and a copy is made', async () => {
    const run = await start();
    for (const person of Object.values(known)) await buys(run, person);
    await run.advance('P1D');
    await stop(run);
    cpSync(data, copy, { recursive: true });
  }, 60_000);

  it('life goes on: mails, newcomers, an unsubscribe, a complaint, an erasure', async () => {
    const run = await start();
    for (const person of Object.values(unknown)) await buys(run, person);
    await run.advance('P9D');
    for (const person of everybody) expect(await campaignsSentTo(run, person)).toEqual(['welcome']);
    for (const group of [known, unknown]) {
      await unsubscribes(run, group.unsubscribed);
      await isErased(run, group.erased);
    }
    const { id: messageId } = await mailTo(run, known.complained);
    await run.control('/mail-events', { messageId, type: 'complaint' });
    await run.idle();
    expect((await perennial(run, 'restore')).stderr).toContain('pause --all');
    expect((await perennial(run, 'pause', '--all')).code).toBe(0);
    await stop(run);
  }, 60_000);

  it('with mail stopped, the log is put back, and what was unsent is closed', async () => {
    const run = await start('--restore', copy);
    expect((await perennial(run, 'restore', '--no-follow')).code).toBe(0);
    await run.advance('PT5M');
    const { json } = await perennial(run, 'restore', '--status');
    expect(json.stores).toMatchObject([
      { store: 'demo', step: 'making-sure', left: 0, done: { erasures: 2, sends: 4 } },
    ]);
    expect(json.stores[0].finishedAt).not.toBeNull();
    expect(json.stores[0].done.withdrawals).toBeGreaterThanOrEqual(3);
    expect(json.stores[0].done.suppressions).toBeGreaterThanOrEqual(3);
    await run.idle();
  }, 60_000);

  it('all orders are imported again, mail goes on, weeks pass: nobody returns, nobody is mailed twice', async () => {
    const run = running ?? (await start());
    for (const order of orders) expect(await run.standard('order.created', order)).toMatchObject({ status: 202 });
    await run.idle();
    expect((await perennial(run, 'resume', '--all')).code).toBe(0);
    await run.advance('P40D');
    for (const order of orders) await run.standard('order.updated', order);
    await run.advance('P40D');
    expect((await run.inbox({})).map(({ to, tags }) => `${tags['campaign']} to ${to}`)).toEqual([]);
    for (const { erased } of [known, unknown])
      expect(await run.admin(`/v1/customers?externalId=standard:${erased.id}`)).toMatchObject({ body: { items: [] } });
    const { body } = await run.admin('/v1/reports/campaigns');
    expect(JSON.stringify(body)).toMatch(/"restored":[4-9]/);
  }, 60_000);

  it('who buys afterwards is mailed as ever', async () => {
    const run = running ?? (await start());
    const newcomer = mailedPerson();
    await buys(run, newcomer);
    await run.advance('P8D');
    expect(await campaignsSentTo(run, newcomer)).toEqual(['welcome']);
    await stop(run);
  }, 60_000);
});
