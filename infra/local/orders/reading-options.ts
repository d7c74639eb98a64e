import { type ColumnMap, parseColumnMap } from './columns.ts';

/** An option that cannot be meant; `doing` starts the message: `cannot start`, `cannot backtest`. */
export class OptionRefused extends Error {
  override readonly name = 'OptionRefused';
}

/** `--map field=Header,...` */
export const mapOption = (text: string | undefined): ColumnMap => {
  const parsed = parseColumnMap(text ?? '');
  if ('refused' in parsed) throw new OptionRefused(parsed.refused);
  return parsed.map;
};

/** `--zone`: of times without an offset. */
export const zoneOption = (text: string | undefined, doing: string): string => {
  const zone = text ?? 'Europe/London';
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw new OptionRefused(`cannot ${doing}: '--zone' must be an IANA zone like Europe/Berlin, got ${zone}`);
  }
};

/** `--consent none`, or everybody's taken for granted. */
export const consentOption = (text: string | undefined, doing: string): 'assumed' | 'none' => {
  if (text === undefined) return 'assumed';
  if (text === 'none') return 'none';
  throw new OptionRefused(`cannot ${doing}: '--consent' must be none, got ${text}`);
};
