import { parseArgs } from 'node:util';
import type { Rhythm } from '../../../shared/domain/store.ts';
import type { ColumnMap } from '../../local/orders/columns.ts';
import { consentOption, mapOption, OptionRefused, zoneOption } from '../../local/orders/reading-options.ts';

export const usage = `npm run backtest -- --orders FILE.csv     replays order history through a lifecycle and campaigns; sends nothing

  --orders FILE      columns customer_id, order_id, placed_at, total; optional currency, status, refunded, email,
                     sku, quantity, price. Online Retail, CDNOW and Shopify exports map themselves.
  --lifecycle NAME   which stages: a preset's name or a lifecycle.yaml (default ecommerce)
  --as-of DATE       where history ends: 2011-09-30 (that day included) or an instant (default: the file's last day)
  --consent none     take nobody's consent for granted (default: granted with the first order)
  --rhythm R         how often people buy before the store's own orders tell: fast, normal, slow, durable
  --map A=B,...      which of your columns is which field: customer_id=Client,total=Sum
  --zone ZONE        IANA zone of times without an offset, and of the store (default Europe/London)
  --currency CODE    of the store, and of money the file gives none for (default: the file's, else GBP)
  --json             one JSON object instead of prose
  --customers-out    with --json: every customer's stage, wake and expectations
  --help             this`;

export type BacktestOptions = Readonly<{
  file: string;
  lifecycle: string;
  /** As typed: a day means its end in the zone. */
  asOf?: string;
  consent: 'assumed' | 'none';
  rhythm: Rhythm;
  map: ColumnMap;
  zone: string;
  currency?: string;
  json: boolean;
  customersOut: boolean;
}>;

export type ParsedOptions = Readonly<
  { type: 'run'; options: BacktestOptions } | { type: 'help' } | { type: 'refused'; message: string }
>;

const flags = {
  orders: { type: 'string' },
  lifecycle: { type: 'string' },
  'as-of': { type: 'string' },
  consent: { type: 'string' },
  rhythm: { type: 'string' },
  map: { type: 'string' },
  zone: { type: 'string' },
  currency: { type: 'string' },
  json: { type: 'boolean' },
  'customers-out': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const readArgs = (argv: readonly string[]) => parseArgs({ args: [...argv], options: flags, strict: true }).values;
type Values = ReturnType<typeof readArgs>;

const rhythms: readonly Rhythm[] = ['fast', 'normal', 'slow', 'durable'];

const rhythmOf = (text: string | undefined): Rhythm => {
  const rhythm = rhythms.find((known) => known === (text ?? 'normal'));
  if (rhythm !== undefined) return rhythm;
  throw new OptionRefused(`cannot backtest: '--rhythm' must be one of ${rhythms.join(', ')}, got ${text}`);
};

const currencyOf = (text: string | undefined): Pick<BacktestOptions, 'currency'> => {
  if (text === undefined) return {};
  if (/^[A-Z]{3}$/.test(text)) return { currency: text };
  throw new OptionRefused(`cannot backtest: '--currency' must be an ISO 4217 code like EUR, got ${text}`);
};

const optionsOf = (values: Values): BacktestOptions => {
  const { orders, json = false, 'customers-out': customersOut = false } = values;
  if (orders === undefined) throw new OptionRefused("cannot backtest: '--orders' must name a file, got nothing");
  if (customersOut && !json)
    throw new OptionRefused("cannot backtest: '--customers-out' must come with --json, got it alone");
  return {
    ...{ file: orders, json, customersOut, lifecycle: values.lifecycle ?? 'ecommerce' },
    ...(values['as-of'] === undefined ? {} : { asOf: values['as-of'] }),
    consent: consentOption(values.consent, 'backtest'),
    rhythm: rhythmOf(values.rhythm),
    map: mapOption(values.map),
    zone: zoneOption(values.zone, 'backtest'),
    ...currencyOf(values.currency),
  };
};

/** Reads the command line. */
export const parseOptions = (argv: readonly string[]): ParsedOptions => {
  try {
    const values = readArgs(argv);
    return values.help === true ? { type: 'help' } : { type: 'run', options: optionsOf(values) };
  } catch (error) {
    if (error instanceof OptionRefused || error instanceof TypeError)
      return { type: 'refused', message: error.message };
    throw error;
  }
};
