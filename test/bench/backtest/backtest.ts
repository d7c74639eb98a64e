import { ok } from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseOptions } from '../../../infra/analysis/backtest/options.ts';
import { prepareBacktest } from '../../../infra/analysis/backtest/prepare-backtest.ts';
import { runBacktest } from '../../../infra/analysis/backtest/run-backtest.ts';
import { csvRows } from '../../../infra/local/orders/csv-rows.ts';
import type { Benchmark, Row } from '../measure/benchmark.ts';
import { compared } from '../measure/interleave.ts';
import { recordedIsHere, writeManyOrders } from './many-orders.ts';

const rounds = 3;

const parseOnly = async (file: string): Promise<number> => {
  let rows = 0;
  for await (const batch of csvRows(createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 18 })))
    rows += batch.length;
  return rows;
};

/** What `npm run backtest -- --orders FILE` does, but for the printing. */
const backtestOf = async (file: string): Promise<Readonly<{ readMs: number }>> => {
  const parsed = parseOptions(['--orders', file]);
  if (parsed.type !== 'run') throw new Error('cannot backtest: the options must be accepted');
  const from = performance.now();
  const prepared = await prepareBacktest(parsed.options, () => undefined);
  if (prepared.type === 'refused') throw new Error(prepared.message);
  const readMs = performance.now() - from;
  ok(runBacktest(prepared.input, () => undefined).transitions.length > 0);
  return { readMs };
};

const measure = async (file: string, note: (line: string) => void): Promise<Row> => {
  const rows = await parseOnly(file);
  const pairs: { oursMs: number; peerMs: number }[] = [];
  let lastReadMs = 0;
  for (let round = -1; round < rounds; round++) {
    const from = performance.now();
    const { readMs } = await backtestOf(file);
    const between = performance.now();
    await parseOnly(file);
    lastReadMs = readMs;
    if (round >= 0) pairs.push({ oursMs: between - from, peerMs: performance.now() - between });
  }
  const { oursMs, peerMs, speed, spread } = compared(pairs);
  note(
    `${rows.toLocaleString('en')} rows in ${(oursMs / 1_000).toFixed(1)} s, ${(lastReadMs / 1_000).toFixed(1)} s of it until the orders are read`,
  );
  return {
    name: 'backtest/parsing the CSV alone',
    ours: (rows / oursMs) * 1_000,
    peer: (rows / peerMs) * 1_000,
    unit: 'rows/s',
    ratio: speed,
    ratioOf: 'speed',
    aim: { atLeast: 0.5 },
    spread,
  };
};

/** A year of line items through the engine that decides in production. */
export const backtest: Benchmark = {
  name: 'backtest',
  about: 'half a million line items replayed, against reading the same file and doing nothing',
  run: async ({ note }) => {
    const folder = await mkdtemp(join(tmpdir(), 'perennial-backtest-'));
    try {
      if (!recordedIsHere) note('Online Retail is not on this machine: a simulated shop of regulars instead');
      const file = join(folder, 'orders.csv');
      await writeManyOrders(file);
      return [await measure(file, note)];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
