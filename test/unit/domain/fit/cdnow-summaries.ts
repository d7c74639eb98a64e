import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../../../../shared/data/cdnow');

/** Whether the shared order histories are there; tests about them skip when not. */
export const cdnowIsHere = existsSync(join(folder, 'cdnow_customers_summary.csv'));

const table = (file: string): number[][] =>
  readFileSync(join(folder, file), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number));

/** CDNOW's first 39 weeks, weeks to two decimals. */
export const cdnowPurchases = () =>
  table('cdnow_customers_summary.csv').map(([, repeats = 0, lastWeek = 0, ageWeeks = 0]) => ({
    repeats,
    lastWeek,
    ageWeeks,
  }));

/** Repeat purchases and mean spend of each customer, 0 and 0 without one. */
export const cdnowSpends = () =>
  table('cdnow_customers_summary_with_transactions.csv').map(([, repeats = 0, , , meanSpend = 0]) => ({
    repeats,
    meanSpend,
  }));
