import { daysOfShares } from './days-of-share.ts';
import type { Fit } from './fit.ts';

/** How far two numbers may be apart: as a share of the greater, or plainly. */
type Within = Readonly<{ relative: number; absolute: number }>;

/** Shares at which two curves must agree to the day. */
const looked = [0.5, 0.75, 0.9, 0.95, 0.98];
const exactly: Within = { relative: 0, absolute: 0 };
const ofModels: Within = { relative: 0.05, absolute: 0 };
/** Log odds: a tenth moves a chance by at most two and a half points. */
const ofChances: Within = { relative: 0.05, absolute: 0.1 };

/**
 * Whether two fits say the same: every threshold in whole days, the numbers of the models within 5 %, the weights of the return
 * chance within a tenth. A fit that says the same as the one before is not worth a version.
 */
export const isSameFit = (a: Fit, b: Fit): boolean =>
  isClose(daysOfShares(a, looked), daysOfShares(b, looked), exactly) &&
  isClose(modelsOf(a), modelsOf(b), ofModels) &&
  isClose(a.returnChance, b.returnChance, ofChances);

const modelsOf = ({ version: _version, curves: _curves, returnChance: _chance, ...models }: Fit): unknown => models;

const isClose = (a: unknown, b: unknown, within: Within): boolean => {
  if (typeof a === 'number' && typeof b === 'number') return isNear(a, b, within);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [left, right] = [entriesOf(a), entriesOf(b)];
  return left.size === right.size && [...left].every(([key, part]) => isClose(part, right.get(key), within));
};

const isNear = (a: number, b: number, { relative, absolute }: Within): boolean =>
  Math.abs(a - b) <= Math.max(absolute, relative * Math.max(Math.abs(a), Math.abs(b)));

const entriesOf = (value: object): ReadonlyMap<string, unknown> =>
  new Map(Object.entries(value).filter(([, part]) => part !== undefined));
