import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark, Row } from '../measure/benchmark.ts';
import { median, spreadOf } from '../measure/median.ts';
import { type BundlePair, bundlePairs } from './bundles.ts';
import { importMs } from './import-time.ts';

const rounds = 11;

/** Both in turn, in a process of their own each time; the first of each warms the disk and is not counted. */
const measure = async ({ name, ours, empty, clients }: BundlePair): Promise<Row> => {
  const pairs: { ours: number; empty: number }[] = [];
  for (let round = -1; round < rounds; round++) {
    const pair = { ours: await importMs(ours), empty: await importMs(empty) };
    if (round >= 0) pairs.push(pair);
  }
  const ratios = pairs.map((pair) => pair.ours / pair.empty);
  return {
    name: `cold/${name}${clients.length === 0 ? ' (no SDK)' : ''}`,
    ours: median(pairs.map((pair) => pair.ours)),
    peer: median(pairs.map((pair) => pair.empty)),
    unit: 'ms to import',
    ratio: median(ratios),
    ratioOf: 'cost',
    spread: spreadOf(ratios),
    aim: { atMost: 1.3 },
  };
};

/** What a cold start waits for, apart from the container. */
export const cold: Benchmark = {
  name: 'cold',
  about: "import of each function's bundle, against an empty handler with the same SDK clients and commands",
  run: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'perennial-cold-'));
    try {
      const rows: Row[] = [];
      for (const pair of await bundlePairs(folder)) rows.push(await measure(pair));
      return rows;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
