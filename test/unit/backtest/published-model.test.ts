import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const sample = join(root, '../shared/data/cdnow/CDNOW_sample.txt');

it.skipIf(!existsSync(sample))(
  `the raw CDNOW sample gives the published models (skipped where ../shared/data is absent)`,
  () => {
    const args = ['infra/analysis/backtest/main.ts', '--orders', sample, '--as-of', '1997-09-30', '--json'];
    const out: unknown = JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }));
    const within = (value: number, by: number): unknown => ({
      asymmetricMatch: (told: unknown) => typeof told === 'number' && Math.abs(told - value) <= by,
      toString: () => `${value} within ${by}`,
    });
    expect(out).toMatchObject({
      customers: 2_357,
      model: {
        ...{ r: within(0.243, 0.002), alpha: within(4.414, 0.002), a: within(0.793, 0.002), b: within(2.426, 0.002) },
        ...{ logLikelihood: within(-9_582.43, 0.01) },
        ...{ p: within(6.25, 0.02), q: within(3.74, 0.02), v: within(15.45, 0.02) },
      },
    });
  },
);
