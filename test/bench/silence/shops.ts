import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { HistoryOrder } from '../../../infra/local/orders/history.ts';
import { readHistoryFile } from '../../../infra/local/orders/read-history.ts';
import type { CustomerSeries } from '../../../shared/domain/fit/customer-series.ts';
import { days, type EpochMs } from '../../../shared/domain/time.ts';

/** A shop whose orders were recorded. */
export type RecordedShop = Readonly<{
  name: string;
  file: string;
  startAt: EpochMs;
  /** Where the stages are looked at, and for how long their customers are watched from there. */
  lookAt: EpochMs;
  watchDays: number;
  /** Months of history at which the curve is fitted. */
  months: readonly number[];
}>;

export const recordedShops: readonly RecordedShop[] = [
  {
    name: 'CDNOW sample',
    file: 'cdnow/CDNOW_sample.txt',
    startAt: Date.UTC(1997, 0, 1),
    lookAt: Date.UTC(1997, 9, 1),
    watchDays: 273,
    months: [3, 6, 12, 18],
  },
  {
    name: 'Germany+France',
    file: 'online-retail/online_retail_germany_france.csv',
    startAt: Date.UTC(2010, 11, 1),
    lookAt: Date.UTC(2011, 6, 1),
    watchDays: 90,
    months: [3, 6, 9, 12],
  },
];

const occasionsOf = (orders: readonly HistoryOrder[]): CustomerSeries => {
  const occasions: { at: EpochMs; netMinor: number }[] = [];
  for (const { placedAt: at, totalMinor } of orders) {
    const last = occasions.at(-1);
    if (last === undefined || at - last.at >= days(1)) occasions.push({ at, netMinor: totalMinor });
    else last.netMinor += totalMinor;
  }
  return occasions;
};

/** The series of a recorded shop; `undefined` where its file is not on this machine. */
export const readShop = async ({ file }: RecordedShop): Promise<readonly CustomerSeries[] | undefined> => {
  const path = fileURLToPath(new URL(`../../../../shared/data/${file}`, import.meta.url));
  if (!existsSync(path)) return undefined;
  const outcome = await readHistoryFile(path, { zone: 'Europe/London', map: {}, currency: 'GBP' });
  if (outcome.type === 'refused') throw new Error(outcome.message);
  const placed = outcome.history.orders.filter(
    ({ customerId, totalMinor }) => customerId !== undefined && totalMinor > 0,
  );
  return [...Map.groupBy(placed, ({ customerId }) => customerId).values()].map(occasionsOf);
};
