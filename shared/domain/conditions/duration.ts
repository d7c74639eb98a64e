import { type DurationMs, days, hours, minutes } from '../time.ts';

const units: Readonly<Record<string, DurationMs>> = { m: minutes(1), h: hours(1), d: days(1), w: days(7) };

/** Reads `45m`, `12h`, `30d` or `2w`; `undefined` for anything else. */
export const parseDuration = (text: string): DurationMs | undefined => {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)([mhdw])$/.exec(text) ?? [];
  const unitMs = units[unit ?? ''];
  return amount === undefined || unitMs === undefined ? undefined : Math.round(Number(amount) * unitMs);
};
