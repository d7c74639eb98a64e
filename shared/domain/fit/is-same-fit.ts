import { daysOfShares } from './days-of-share.ts';
import type { Fit } from './fit.ts';

/** Shares at which two curves must agree to the day. */
const looked = [0.5, 0.75, 0.9, 0.95, 0.98];
/** Numbers of models that differ by less change no answer anybody would notice. */
const tolerance = 0.02;

/**
 * Whether two fits say the same: every threshold in whole days, and every number of the models within 2 %.
 * A fit that says the same as the one before is not worth a version.
 */
export const isSameFit = (a: Fit, b: Fit): boolean =>
  isClose(daysOfShares(a, looked), daysOfShares(b, looked), 0) && isClose(modelsOf(a), modelsOf(b), tolerance);

const modelsOf = ({ version: _version, curves: _curves, ...models }: Fit): unknown => models;

const isClose = (a: unknown, b: unknown, within: number): boolean => {
  if (typeof a === 'number' && typeof b === 'number')
    return a === b || Math.abs(a - b) <= within * Math.max(Math.abs(a), Math.abs(b));
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [left, right] = [entriesOf(a), entriesOf(b)];
  return (
    left.size === right.size &&
    [...left].every(([key, value]) => right.has(key) && isClose(value, right.get(key), within))
  );
};

const entriesOf = (value: object): ReadonlyMap<string, unknown> =>
  new Map(Object.entries(value).filter(([, part]) => part !== undefined));
