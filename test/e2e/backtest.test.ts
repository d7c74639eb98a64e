import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'perennial-backtest-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Ended = Readonly<{ code: number; out: string; err: string }>;

/** Runs the command in a folder of its own, as the package script does. */
const backtest = (...args: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const main = join(root, 'infra/analysis/backtest/main.ts');
    const env = { ...process.env, NO_COLOR: '1' };
    execFile(process.execPath, [main, ...args], { cwd: folder, env, maxBuffer: 1 << 26 }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out, err });
    });
  });

const counts = z.record(z.string(), z.number());
/** The contract, and nothing less. */
const output = z.object({
  ...{ orders: z.number(), customers: z.number(), from: z.iso.datetime(), to: z.iso.datetime(), lifecycle: z.string() },
  stages: z.array(z.object({ id: z.string(), customers: z.number(), revenue: z.number() })),
  transitions: z.array(z.object({ from: z.string(), to: z.string(), count: z.number().positive() })),
  byDay: z.array(z.object({ day: z.iso.date(), stages: counts, sends: counts })),
  campaigns: z.array(z.object({ id: z.string(), enrolments: z.number(), sends: z.number(), withheld: counts })),
  model: z
    .object({ r: z.number(), alpha: z.number(), a: z.number(), b: z.number(), logLikelihood: z.number() })
    .loose(),
  customersOut: z
    .array(
      z.object({
        ...{ id: z.string(), stage: z.string(), since: z.iso.datetime(), wakeAt: z.iso.datetime().nullable() },
        ...{ pAlive: z.number().nullable(), expectedOrders: z.number().nullable(), clv: z.number().nullable() },
      }),
    )
    .optional(),
});
type Output = z.output<typeof output>;

const jsonOf = async (...args: readonly string[]): Promise<Output> => {
  const { code, out, err } = await backtest(...args, '--json');
  expect([code, err]).toEqual([0, '']);
  return output.parse(JSON.parse(out));
};

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const day = (n: number): string => new Date(Date.UTC(2024, 0, 1) + n * 86_400_000).toISOString().slice(0, 10);

/** Forty people in 2024 and 2025: half buy once, the others every month or two for a while. */
const rows = Array.from({ length: 40 }, (_, who) =>
  Array.from({ length: who % 2 === 0 ? 1 : 2 + (who % 7) }, (_, n) => {
    const on = day(who * 9 + n * (30 + (who % 5) * 8));
    return `c${who},o${who}-${n},${on} 11:00,${20 + who}.50`;
  }),
).flat();
const write = (name: string, lines: readonly string[]): string => {
  writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
  return name;
};
write('orders.csv', ['customer_id,order_id,placed_at,total', ...rows]);
write('export.csv', ['Client,Number,When,Sum', ...rows]);
write('lifecycle.yaml', [
  'lifecycle: two-sides',
  'stages:',
  '  - regulars: orders >= 3',
  '  - everybody_else: otherwise',
]);

/** What must hold of any backtest. */
const expectSound = (found: Output): void => {
  expect(sum(found.stages.map(({ customers }) => customers))).toBe(found.customers);
  const last = found.byDay.at(-1);
  for (const { id, customers } of found.stages) expect([id, last?.stages[id] ?? 0]).toEqual([id, customers]);
  for (const { id, sends } of found.campaigns)
    expect([id, sum(found.byDay.map((each) => each.sends[id] ?? 0))]).toEqual([id, sends]);
};

describe('npm run backtest', () => {
  it('says as JSON where everybody stands, day by day and at the end, and what would have been mailed', async () => {
    const found = await jsonOf('--orders', 'orders.csv', '--customers-out');
    expectSound(found);
    expect(found).toMatchObject({ orders: rows.length, customers: 40, lifecycle: 'ecommerce' });
    expect(found.customersOut).toHaveLength(40);
    const welcome = found.campaigns.find(({ id }) => id === 'welcome');
    expect(welcome?.sends).toBeGreaterThan(10);
    expect(welcome?.enrolments).toBe(40);
    expect(found.byDay[0]?.day).toBe('2024-01-01');
  });

  it('as of a day knows nothing of what came later', async () => {
    const lines = [
      'customer_id,order_id,placed_at,total',
      ...rows.filter((row) => (row.split(',')[2] ?? '') < '2024-07-01'),
    ];
    write('until-june.csv', lines);
    const asOf = ['--as-of', '2024-06-30', '--customers-out'];
    expect(await jsonOf('--orders', 'orders.csv', ...asOf)).toEqual(
      await jsonOf('--orders', 'until-june.csv', ...asOf),
    );
  });

  it('mails nobody who did not consent, and says why', async () => {
    const found = await jsonOf('--orders', 'orders.csv', '--consent', 'none');
    expect(sum(found.campaigns.map(({ sends }) => sends))).toBe(0);
    expect(found.campaigns.find(({ id }) => id === 'welcome')?.withheld).toEqual({ 'no-consent': 40 });
  });

  it('replays a lifecycle of the reader: a preset, or a file', async () => {
    const preset = await jsonOf('--orders', 'orders.csv', '--lifecycle', 'four-stage');
    expect(preset.stages.map(({ id }) => id)).toEqual(['decline', 'stability', 'formation', 'exploration']);
    const own = await jsonOf('--orders', 'orders.csv', '--lifecycle', 'lifecycle.yaml');
    expectSound(own);
    expect(own.lifecycle).toBe('two-sides');
    expect(own.stages.find(({ id }) => id === 'regulars')?.customers).toBeGreaterThan(10);
  });

  it.each([
    [['--orders', 'nowhere.csv'], 1, "'--orders' must name a file that exists, got nowhere.csv"],
    [['--orders', 'export.csv'], 1, '--map customer_id=YourHeader'],
    [['--orders', 'orders.csv', '--lifecycle', 'none.yaml'], 1, "'--lifecycle' must be ecommerce, four-stage"],
    [['--orders', 'orders.csv', '--as-of', 'soon'], 1, "'--as-of' must be a day like 2011-09-30"],
    [['--orders', 'orders.csv', '--as-of', '1999-01-01'], 1, 'must not be before the first order'],
    [['--orders', 'orders.csv', '--rhythm', 'brisk'], 2, "'--rhythm' must be one of fast, normal, slow, durable"],
    [['--orders', 'orders.csv', '--customers-out'], 2, "'--customers-out' must come with --json"],
    [['--json'], 2, "'--orders' must name a file, got nothing"],
  ])('%j is refused with what to do', async (args, code, message) => {
    const ended = await backtest(...args);
    expect([ended.code, ended.out]).toEqual([code, '']);
    expect(ended.err).toContain(message);
  });

  it('an empty file and one with a header only are refused in words', async () => {
    write('empty.csv', []);
    write('header.csv', ['customer_id,order_id,placed_at,total']);
    expect((await backtest('--orders', 'empty.csv')).err).toContain('cannot read orders');
    expect((await backtest('--orders', 'header.csv')).err).toContain('must hold orders');
  });
});

describe('the guide to backtests', () => {
  const guide = readFileSync(join(root, 'docs/guides/backtest.md'), 'utf8');
  const commands = [...guide.matchAll(/^npm run backtest -- (.+)$/gm)].map(([, args]) => args ?? '');

  it.each(commands)('npm run backtest -- %s', async (line) => {
    const { code, out, err } = await backtest(...line.split(' '));
    expect([code, err]).toEqual([0, '']);
    if (!line.includes('--json'))
      expect(out).toMatch(
        /WHERE YOUR CUSTOMERS STAND[\s\S]*MONTH BY MONTH[\s\S]*WHAT WOULD GO OUT[\s\S]*DAYS OF SILENCE/,
      );
  });
});

const data = join(root, '../shared/data');
describe.skipIf(!existsSync(data))('a recorded shop (../shared/data; skipped where that folder is absent)', () => {
  it('Germany and France, a year: everybody stands somewhere, and the days add up', async () => {
    const found = await jsonOf('--orders', join(data, 'online-retail/online_retail_germany_france.csv'));
    expectSound(found);
    expect(found.customers).toBe(181);
    expect(found.byDay).toHaveLength(374);
    expect(found.stages.find(({ id }) => id === 'loyal')?.customers).toBeGreaterThan(10);
  });

  it("CDNOW: the fit at the end of its first 39 weeks is the published one's", async () => {
    const file = join(data, 'cdnow/CDNOW_sample.txt');
    const { model } = await jsonOf('--orders', file, '--as-of', '1997-09-30', '--zone', 'UTC');
    const published = {
      r: 0.243,
      alpha: 4.414,
      a: 0.793,
      b: 2.426,
      logLikelihood: -9582.4,
      p: 6.25,
      q: 3.74,
      v: 15.44,
    };
    for (const [name, value] of Object.entries(published))
      expect(Math.abs(Number(model[name]) / value - 1), name).toBeLessThan(0.003);
  });
});
