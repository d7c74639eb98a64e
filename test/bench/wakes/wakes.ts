import { strictEqual } from 'node:assert/strict';
import { hours } from '../../../shared/domain/time.ts';
import type { Benchmark, BenchOptions, Row } from '../measure/benchmark.ts';
import { median, spreadOf } from '../measure/median.ts';
import { scanForDue } from './full-scan.ts';
import { handOverDue } from './hand-over.ts';
import { type Meter, meterOf } from './metered.ts';
import { type BenchTables, openTables } from './table-server.ts';
import { benchNow, wakingCustomers } from './waking-customers.ts';

const due = 1_000;
const rounds = 9;
const sizes = { 1000: '1k', 10000: '10k', 100000: '100k', 1000000: '1M' } as const;
type Size = keyof typeof sizes;

/** A scan of everybody takes the emulator a minute and more when there are many. */
const scanRounds: Readonly<Record<Size, number>> = { 1000: 3, 10000: 3, 100000: 1, 1000000: 0 };

type Cost = Readonly<{ ms: number; units: number }>;

const costOf = async (meter: Meter, work: () => Promise<void>): Promise<Cost> => {
  const before = meter.units;
  const from = performance.now();
  await work();
  return { ms: performance.now() - from, units: meter.units - before };
};

/** Every hour a new round begins, so that the same customers are handed over again. */
const measureSizes = async (tables: BenchTables, meter: Meter, chosen: readonly Size[]) => {
  const ours = new Map<Size, Cost[]>(chosen.map((size) => [size, []]));
  for (let round = -1; round < rounds; round++)
    for (const size of chosen) {
      const now = benchNow + hours(round + 1);
      const cost = await costOf(meter, async () => {
        const handed = await handOverDue(tables, `customers-${size}`, now);
        strictEqual(new Set(handed).size, due, 'exactly the due are handed over');
        strictEqual(handed.length, due, 'nobody is handed over twice');
      });
      if (round >= 0) ours.get(size)?.push(cost);
    }
  return ours;
};

const measureScans = async (tables: BenchTables, meter: Meter, size: Size): Promise<readonly Cost[]> => {
  const costs: Cost[] = [];
  for (let round = 0; round < scanRounds[size]; round++)
    costs.push(
      await costOf(meter, async () =>
        strictEqual(await scanForDue(tables, `customers-${size}`, benchNow), due, 'the scan finds the due'),
      ),
    );
  return costs;
};

const units = { ms: 'ms', units: 'request units' } as const;

const rowOf = (
  name: string,
  what: keyof Cost,
  [ours, peer]: readonly [readonly Cost[], readonly Cost[]],
  aim?: Row['aim'],
): Row => {
  const ratios = ours.map((cost, round) => cost[what] / (peer[round]?.[what] ?? median(peer.map((one) => one[what]))));
  return {
    name,
    ours: median(ours.map((cost) => cost[what])),
    peer: median(peer.map((cost) => cost[what])),
    unit: units[what],
    ratio: median(ratios),
    ratioOf: 'cost',
    spread: spreadOf(ratios),
    ...(aim && { aim }),
  };
};

const rowsOf = async (tables: BenchTables, meter: Meter, chosen: readonly Size[]): Promise<readonly Row[]> => {
  const ours = await measureSizes(tables, meter, chosen);
  const smallest = ours.get(1_000) ?? [];
  const rows: Row[] = [];
  for (const size of chosen) {
    const here = ours.get(size) ?? [];
    if (size !== 1_000)
      for (const what of ['units', 'ms'] as const)
        rows.push(rowOf(`wakes/${sizes[size]} against 1k, ${what}`, what, [here, smallest], { atMost: 1.1 }));
    const scans = await measureScans(tables, meter, size);
    if (scans.length === 0) continue;
    for (const what of ['units', 'ms'] as const)
      rows.push(rowOf(`wakes/scan of ${sizes[size]}, ${what}`, what, [here, scans]));
  }
  return rows;
};

const backlogSize = 100_000;

/** After an outage everybody is due at once. */
const measureBacklog = async (tables: BenchTables, meter: Meter, note: BenchOptions['note']): Promise<void> => {
  await tables.make('backlog', wakingCustomers({ customers: backlogSize, due: backlogSize }));
  const handed: string[] = [];
  const { ms, units: spent } = await costOf(meter, async () => {
    handed.push(...(await handOverDue(tables, 'backlog', benchNow)));
  });
  strictEqual(new Set(handed).size, backlogSize, 'everybody is handed over');
  strictEqual(handed.length, backlogSize, 'nobody twice');
  strictEqual((await handOverDue(tables, 'backlog', benchNow + 60_000)).length, 0, 'nor by the next tick');
  note(
    `a backlog of 100k is handed over once in ${(ms / 1_000).toFixed(1)} s (${Math.round((backlogSize / ms) * 1_000)}/s) for ${Math.round(spent)} request units`,
  );
};

const run = async ({ full, note }: BenchOptions): Promise<readonly Row[]> => {
  const chosen: readonly Size[] = full ? [1_000, 10_000, 100_000, 1_000_000] : [1_000, 10_000, 100_000];
  const tables = await openTables();
  try {
    for (const customers of chosen) await tables.make(`customers-${customers}`, wakingCustomers({ customers, due }));
    const meter = meterOf(tables.client);
    const rows = await rowsOf(tables, meter, chosen);
    await measureBacklog(tables, meter, note);
    note('the emulator filters about ten items a millisecond: of a scan, its request units say more than its time');
    return rows;
  } finally {
    await tables.close();
  }
};

/** What it takes to find those whose time has come. */
export const wakes: Benchmark = {
  name: 'wakes',
  about: '1,000 due among 1k, 10k, 100k (--full: 1M) customers: flat by size, beside a scan of everybody',
  run,
};
