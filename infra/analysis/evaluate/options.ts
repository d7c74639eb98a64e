import { parseArgs } from 'node:util';
import type { ColumnMap } from '../../local/orders/columns.ts';
import { mapOption, OptionRefused, zoneOption } from '../../local/orders/reading-options.ts';

export const usage = `npm run evaluate -- --orders FILE.csv --calibration-end DATE --horizon 273d
    learns from the orders up to a day, and asks of those after it who knew better who comes back

  --orders FILE           columns customer_id, order_id, placed_at, total; optional currency, status, refunded, email,
                          sku, quantity, price. Online Retail, CDNOW and Shopify exports map themselves.
  --calibration-end DATE  the last day that is known (2011-06-30, that day included) or an instant with its offset
  --horizon 273d          how many days after it are judged
  --lifecycle NAME        whose stages are judged: a preset's name or a lifecycle.yaml (default: every preset)
  --map A=B,...           which of your columns is which field: customer_id=Client,total=Sum
  --zone ZONE             IANA zone of times without an offset (default Europe/London)
  --json                  one JSON object instead of prose
  --help                  this`;

export type EvaluateOptions = Readonly<{
  file: string;
  /** As typed: a day means its end in the zone. */
  calibrationEnd: string;
  horizonDays: number;
  lifecycle?: string;
  map: ColumnMap;
  zone: string;
  json: boolean;
}>;

export type ParsedOptions = Readonly<
  { type: 'run'; options: EvaluateOptions } | { type: 'help' } | { type: 'refused'; message: string }
>;

const flags = {
  orders: { type: 'string' },
  'calibration-end': { type: 'string' },
  horizon: { type: 'string' },
  lifecycle: { type: 'string' },
  map: { type: 'string' },
  zone: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const readArgs = (argv: readonly string[]) => parseArgs({ args: [...argv], options: flags, strict: true }).values;
type Values = ReturnType<typeof readArgs>;

const mostDays = 3_650;

const horizonOf = (text: string | undefined): number => {
  const days = Number(/^(\d{1,4})d?$/.exec(text ?? '')?.[1] ?? 0);
  if (days >= 1 && days <= mostDays) return days;
  throw new OptionRefused(
    `cannot evaluate: '--horizon' must be whole days from 1d to ${mostDays}d, got ${text ?? 'nothing'}`,
  );
};

const given = (values: Values, flag: 'orders' | 'calibration-end', rule: string): string => {
  const text = values[flag];
  if (text !== undefined) return text;
  throw new OptionRefused(`cannot evaluate: '--${flag}' must ${rule}, got nothing`);
};

const optionsOf = (values: Values): EvaluateOptions => ({
  file: given(values, 'orders', 'name a file'),
  calibrationEnd: given(values, 'calibration-end', 'be the last known day, like 2011-06-30'),
  horizonDays: horizonOf(values.horizon),
  ...(values.lifecycle === undefined ? {} : { lifecycle: values.lifecycle }),
  map: mapOption(values.map),
  zone: zoneOption(values.zone, 'evaluate'),
  json: values.json === true,
});

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
