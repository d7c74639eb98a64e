import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ColumnMap } from '../orders/columns.ts';
import { consentOption, mapOption, OptionRefused, zoneOption } from '../orders/reading-options.ts';

export const usage = `npm start                          the whole system on this machine, with a sample shop
npm start -- --orders FILE.csv     plays your own order history instead

  --orders FILE    columns customer_id, order_id, placed_at, total; optional currency, status, refunded, email,
                   sku, quantity, price. Online Retail, CDNOW and Shopify exports map themselves.
  --map A=B,...    which of your columns is which field: customer_id=Client,total=Sum
  --zone ZONE      IANA zone of times without an offset (default Europe/London)
  --consent none   take nobody's consent for granted (default: granted with the first order)
  --no-demo        the store without customers
  --seed N         another sample shop (default 1)
  --port N         default 4600, the next free one if it is taken; 0 = any free one
  --data DIR       keep the data there (default: memory, forgotten at the end)
  --restore COPY   with --data: its table as it was in this copy of the folder, the erasure log as it is now
  --json           one JSON object per line instead of prose
  --help           this`;

export type PlayedOrders = Readonly<{ file: string; map: ColumnMap; zone: string; consent: 'assumed' | 'none' }>;

export type StartOptions = Readonly<{
  json: boolean;
  play: Readonly<{ type: 'sample-shop' } | { type: 'nothing' } | ({ type: 'orders' } & PlayedOrders)>;
  /** `undefined` = the usual one, or the next that is free. */
  port?: number;
  dataDir?: string;
  /** A copy of the data folder, made while nothing ran on it. */
  restoreFrom?: string;
  seed: number;
}>;

export type ParsedOptions = Readonly<
  { type: 'run'; options: StartOptions } | { type: 'help' } | { type: 'refused'; message: string }
>;

const flags = {
  json: { type: 'boolean' },
  'no-demo': { type: 'boolean' },
  orders: { type: 'string' },
  map: { type: 'string' },
  zone: { type: 'string' },
  consent: { type: 'string' },
  port: { type: 'string' },
  data: { type: 'string' },
  restore: { type: 'string' },
  seed: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const wholeNumber = (flag: string, text: string | undefined, largest: number): number | undefined => {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text) && Number(text) <= largest) return Number(text);
  throw new OptionRefused(`cannot start: '--${flag}' must be a whole number up to ${largest}, got ${text}`);
};

type Values = ReturnType<typeof readArgs>;

const readArgs = (argv: readonly string[]) => parseArgs({ args: [...argv], options: flags, strict: true }).values;

const playOf = (values: Values): StartOptions['play'] => {
  const { orders, map, zone, consent } = values;
  if (orders === undefined) {
    const stray = (['map', 'zone', 'consent'] as const).find((flag) => values[flag] !== undefined);
    if (stray !== undefined)
      throw new OptionRefused(`cannot start: '--${stray}' must come with --orders FILE, got it alone`);
    return { type: values['no-demo'] === true ? 'nothing' : 'sample-shop' };
  }
  if (values['no-demo'] === true)
    throw new OptionRefused("cannot start: '--no-demo' must not come with --orders, got both");
  return {
    type: 'orders',
    file: orders,
    map: mapOption(map),
    zone: zoneOption(zone, 'start'),
    consent: consentOption(consent, 'start'),
  };
};

const restoreOf = ({ restore, data }: Values): Pick<StartOptions, 'restoreFrom'> => {
  if (restore === undefined) return {};
  if (data === undefined) throw new OptionRefused("cannot start: '--restore' must come with --data DIR, got it alone");
  if (existsSync(join(restore, 'tables.db'))) return { restoreFrom: restore };
  throw new OptionRefused(`cannot start: '--restore' must name a copy of a data folder, got ${restore}`);
};

/** Reads the command line. */
export const parseOptions = (argv: readonly string[]): ParsedOptions => {
  try {
    const values = readArgs(argv);
    if (values.help === true) return { type: 'help' };
    const port = wholeNumber('port', values.port, 65_535);
    const options = {
      json: values.json === true,
      play: playOf(values),
      ...(port === undefined ? {} : { port }),
      ...(values.data === undefined ? {} : { dataDir: values.data }),
      ...restoreOf(values),
      seed: wholeNumber('seed', values.seed, 999_999_999) ?? 1,
    };
    return { type: 'run', options };
  } catch (error) {
    if (error instanceof OptionRefused || error instanceof TypeError)
      return { type: 'refused', message: error.message };
    throw error;
  }
};
