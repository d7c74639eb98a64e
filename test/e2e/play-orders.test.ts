import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startLocalRun } from './support/local-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'perennial-orders-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fileOf = (name: string, lines: readonly string[]): string => {
  const file = join(folder, name);
  writeFileSync(file, `${lines.join('\r\n')}\r\n`);
  return file;
};

/** Ten people who buy once, one who comes back, a cancellation, and an order of nobody. */
const history = [
  'customer_id,order_id,placed_at,sku,quantity,price,email',
  ...Array.from({ length: 10 }, (_, n) => `c${n},o${n},2025-03-0${(n % 9) + 1} 11:00,MUG,2,9.00,c${n}@example.com`),
  'c1,o10,2025-03-28 15:30,"MUG, blue",1,12.00,c1@example.com',
  'c2,C11,2025-03-29 09:00,MUG,-2,9.00,c2@example.com',
  ',o12,2025-04-30 09:00,MUG,1,9.00,',
];

describe('npm start --orders', () => {
  it('plays a file from its first order to its last, mails its people, and stays where the history ends', async () => {
    const run = await startLocalRun(['--orders', fileOf('orders.csv', history)]);
    const story = await run.lineOf('story');
    expect(story).toMatchObject({ customers: 10, orders: 12, webhooks: { sent: 13, failed: {} }, troubles: [] });
    expect(story).toMatchObject({
      stages: { new: 9, active: 1 },
      promises: { twice: 0, inQuietHours: 0, afterUnsubscribe: 0 },
    });
    const welcomes = await run.inbox({ campaign: 'welcome' });
    expect(welcomes.length).toBeGreaterThan(5);
    expect(story['withheld']).not.toHaveProperty('goal-reached');
    expect(story).toMatchObject({ sends: { welcome: welcomes.length } });
    expect(new Date(await run.now()).toISOString()).toMatch(/^2025-04-30T08:0/);
    expect(await run.stop()).toBe(0);
  }, 120_000);

  it('without consent mails nobody, and says why', async () => {
    const run = await startLocalRun(['--orders', fileOf('orders.csv', history), '--consent', 'none']);
    expect(await run.lineOf('story')).toMatchObject({ customers: 10, sends: { welcome: 0 } });
    expect(await run.inbox({})).toEqual([]);
    expect(await run.stop()).toBe(0);
  }, 120_000);

  it('refuses a file it cannot read before anything starts, with the next step', async () => {
    const file = fileOf('odd.csv', ['client,number,when,sum', 'a,1,2025-01-01,5']);
    await expect(startLocalRun(['--orders', file])).rejects.toThrow(/ended with 1[\s\S]*--map customer_id=YourHeader/);
  });
});

describe('npm start', () => {
  it('keeps what it is told to keep: a second start with the same folder goes on from the first', async () => {
    const data = join(folder, 'data');
    const options = ['--orders', fileOf('orders.csv', history), '--data', data];
    const first = await startLocalRun(options);
    await first.lineOf('story');
    const until = await first.now();
    expect(await first.stop()).toBe(0);
    const second = await startLocalRun(options);
    await second.lineOf('note');
    expect(second.secrets).toEqual(first.secrets);
    expect(await second.now()).toBeGreaterThanOrEqual(until);
    const { body } = await second.admin('/v1/reports/stages?store=demo');
    expect(body).toMatchObject({ stages: expect.arrayContaining([{ id: 'new', customers: 9 }]) });
    expect(await second.stop()).toBe(0);
  }, 120_000);
});
