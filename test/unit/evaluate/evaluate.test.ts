import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Evaluation, evaluate } from '../../../infra/analysis/evaluate/evaluate.ts';
import type { EvaluateOptions } from '../../../infra/analysis/evaluate/options.ts';
import { missingDays, prepareEvaluation } from '../../../infra/analysis/evaluate/prepare-evaluation.ts';
import { ecommerce } from '../../../shared/domain/lifecycle/ecommerce.ts';
import { presets } from '../../../shared/domain/lifecycle/presets/presets.ts';

const root = join(import.meta.dirname, '../../..');
const data = join(root, '../shared/data');
const shared = describe.skipIf(!existsSync(data));
const folder = mkdtempSync(join(tmpdir(), 'evaluate-'));
afterAll(() => rmSync(folder, { recursive: true }));

const options = (file: string, calibrationEnd: string, horizonDays: number): EvaluateOptions => ({
  ...{ file, calibrationEnd, horizonDays, map: {}, zone: 'UTC', json: true },
});

const prepared = async (given: EvaluateOptions) => {
  const outcome = await prepareEvaluation(given);
  if (outcome.type === 'refused') throw new Error(outcome.message);
  return outcome;
};
const refusal = async (given: EvaluateOptions): Promise<string> => {
  const outcome = await prepareEvaluation(given);
  return outcome.type === 'refused' ? outcome.message : '(read)';
};

const file = join(folder, 'orders.csv');
beforeAll(() => {
  const orders = [
    ['ann', 'a1', '2026-01-05T10:00:00Z', '10'],
    ['ann', 'a2', '2026-02-28T23:59:59Z', '10'],
    ['ann', 'a3', '2026-03-01T00:00:00Z', '10'],
    ['bob', 'b1', '2026-01-20T10:00:00Z', '10'],
    ['bob', 'b2', '2026-03-31T12:00:00Z', '10'],
    ['cid', 'c1', '2026-01-21T10:00:00Z', '10'],
    ['cid', 'c2', '2026-04-20T10:00:00Z', '10'],
    ['dot', 'd1', '2026-02-01T10:00:00Z', '0'],
    ['eve', 'e1', '2026-03-02T10:00:00Z', '10'],
  ];
  writeFileSync(file, ['customer_id,order_id,placed_at,total', ...orders.map((row) => row.join(','))].join('\n'));
});

const scoreOf = ({ scores }: Evaluation, name: string) => scores.find((score) => score.name === name);

describe('evaluation', () => {
  it('knows the whole last day and nothing after; who came back ordered within the horizon after it', async () => {
    const { input } = await prepared(options(file, '2026-02-28', 31));
    const found = evaluate(input);
    expect([found.customers, found.returned, found.leftOut]).toEqual([3, 2, 1]);
    expect(scoreOf(found, 'recency')?.auc).toBeCloseTo(0.5, 10);
    expect(evaluate({ ...input, horizonDays: 51 }).returned).toBe(3);
    expect(scoreOf(evaluate({ ...input, horizonDays: 51 }), 'recency')?.auc).toBeUndefined();
  });

  it('has each customer in one stage of each lifecycle, and each who came back too', async () => {
    const { input } = await prepared(options(file, '2026-02-28', 31));
    const found = evaluate({ ...input, lifecycles: [ecommerce, { ...ecommerce, name: 'again' }] });
    for (const lifecycle of ['ecommerce', 'again']) {
      const rows = found.stages.filter((row) => row.lifecycle === lifecycle);
      expect(rows.map(({ id }) => id)).toEqual(ecommerce.stages.map(({ id }) => id));
      expect(rows.reduce((sum, { customers }) => sum + customers, 0)).toBe(found.customers);
      expect(rows.reduce((sum, { returned }) => sum + returned, 0)).toBe(found.returned);
    }
  });

  it('tells of a horizon that the file does not reach', async () => {
    const { input, history } = await prepared(options(file, '2026-02-28', 31));
    expect(missingDays(history, input)).toBe(0);
    expect(missingDays(history, { ...input, horizonDays: 61 })).toBe(10);
  });

  it('refuses what cannot be meant', async () => {
    expect(await refusal(options(file, '2025-12-31', 31))).toContain("'--calibration-end' must lie between");
    expect(await refusal(options(file, '2026-04-20', 31))).toContain("'--calibration-end' must lie between");
    expect(await refusal(options(file, 'spring', 31))).toContain('must be a day like 2011-06-30');
    expect(await refusal(options(join(folder, 'no.csv'), '2026-02-28', 31))).toContain('must name a file that exists');
    expect(await refusal({ ...options(file, '2026-02-28', 31), lifecycle: 'five' })).toContain(
      'must be ecommerce, four-stage',
    );
  });
});

shared('evaluation of real shops (skipped where ../shared/data is absent)', () => {
  const cases = [
    ['cdnow/CDNOW_sample.txt', '1997-09-30', 273, 'ranking'],
    ['cdnow/CDNOW_sample.txt', '1997-12-31', 90, 'probability'],
    ['online-retail/online_retail_germany_france.csv', '2011-06-30', 90, 'probability'],
    ['online-retail/online_retail_germany_france.csv', '2011-08-31', 90, 'probability'],
  ] as const;

  it.each(cases)('%s, known to %s, %i days: the return chance is no worse than the best other', async (...given) => {
    const [name, end, horizonDays, says] = given;
    const found = evaluate((await prepared(options(join(data, name), end, horizonDays))).input);
    const others = found.scores.filter((score) => score.name !== 'returnChance').map(({ auc = 0 }) => auc);
    expect(scoreOf(found, 'returnChance')?.auc).toBeGreaterThan(Math.max(...others) - 0.002);
    expect(found.says).toBe(says);
    expect(scoreOf(found, 'returnChance')?.calibration !== undefined).toBe(says === 'probability');
  });

  it("says so where a shop's orders do not tell who has left", async () => {
    const given = options(join(data, 'online-retail/online_retail_germany_france.csv'), '2011-06-30', 90);
    expect(evaluate((await prepared(given)).input).flags).toContain('dropout-not-identified');
  });

  it('prints JSON as the contract shapes it', () => {
    const argv = [
      '--orders',
      join(data, cases[0][0]),
      '--calibration-end',
      '1997-09-30',
      '--horizon',
      '273d',
      '--json',
    ];
    const out = execFileSync(process.execPath, [join(root, 'infra/analysis/evaluate/main.ts'), ...argv], {
      encoding: 'utf8',
    });
    const found: unknown = JSON.parse(out);
    expect(found).toMatchObject({
      customers: 2_357,
      scores: ['recency', 'cadence', 'pAlive', 'expectedOrders', 'returnChance'].map((name) => ({
        name,
        auc: expect.any(Number),
      })),
      stages: presets.flatMap(({ name, lifecycle }) =>
        lifecycle.stages.map(({ id }) => ({
          lifecycle: name,
          id,
          customers: expect.any(Number),
          returned: expect.any(Number),
        })),
      ),
    });
  });
});
