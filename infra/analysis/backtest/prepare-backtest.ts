import type { StoreSettings } from '../../../shared/domain/store.ts';
import { toIso } from '../../../shared/domain/time.ts';
import type { OrderFileHistory } from '../../local/orders/history.ts';
import { readHistoryFile } from '../../local/orders/read-history.ts';
import { demoStore } from '../../local/start/boot/demo-store.ts';
import { lifecycleOption } from '../lifecycle-option.ts';
import { asOfInstant, endOfDay, historyUntil, spanOf } from './history-until.ts';
import type { BacktestOptions } from './options.ts';
import type { BacktestInput } from './run-backtest.ts';

export type Prepared = Readonly<{ type: 'ready'; input: BacktestInput } | { type: 'refused'; message: string }>;

/** Reads the file and settles what the replay is decided under. */
export const prepareBacktest = async (options: BacktestOptions, watch: (rows: number) => void): Promise<Prepared> => {
  const { file, map, zone, consent, customersOut } = options;
  const found = await lifecycleOption(options.lifecycle, 'backtest');
  if (found.type === 'refused') return found;
  const read = await readHistoryFile(file, {
    ...{ zone, map, watch, names: 'left-out', currency: options.currency ?? 'GBP' },
  });
  if (read.type === 'refused') return read;
  const { from, to } = spanOf(read.history);
  const asOf = options.asOf === undefined ? endOfDay(to, zone) : asOfInstant(options.asOf, zone);
  if (asOf === undefined) return refused(`be a day like 2011-09-30 or an instant with its offset`, options.asOf);
  if (asOf < from) return refused(`not be before the first order of the file, at ${toIso(from)}`, options.asOf);
  const history = historyUntil(read.history, asOf);
  const store = storeOf(options, history, from);
  return { type: 'ready', input: { history, store, from, asOf, consent, customersOut, lifecycle: found.lifecycle } };
};

const refused = (rule: string, got = ''): Prepared => ({
  type: 'refused',
  message: `cannot backtest: '--as-of' must ${rule}, got ${got}`,
});

/** The store `npm start` plays to: the same people are held out, the same mails go at the same times. */
const storeOf = (
  { rhythm, zone, currency }: BacktestOptions,
  history: OrderFileHistory,
  createdAt: number,
): StoreSettings => ({
  ...demoStore({ createdAt, currency: currency ?? history.currency, timeZone: zone }),
  rhythm,
});
