/** Millionths: line prices may have more decimals than the currency, and are rounded once, in the order's sum. */
const scale = 1_000_000;

/**
 * Reads a decimal as millionths, exactly; a currency sign in front and thousands separators are taken off.
 *
 * @returns `undefined` when the text is no number of at most six decimals and nine digits before them.
 */
export const millionthsOf = (text: string): number | undefined => {
  if (!plain.test(text)) return tidiedMillionthsOf(text);
  const point = text.indexOf('.');
  if (point < 0) return Number(text) * scale;
  // Two integers: a fraction in binary would not be exact.
  return Number(text.slice(0, point)) * scale + Number(text.slice(point + 1)) * (powers[text.length - point - 1] ?? 0);
};

const plain = /^\d{1,9}(?:\.\d{1,6})?$/;
/** Millionths of a last digit, by the number of digits after the point. */
const powers = [0, 100_000, 10_000, 1_000, 100, 10, 1];

const tidiedMillionthsOf = (text: string): number | undefined => {
  const bare = text
    .trim()
    .replace(/^([-+]?)\s*[£$€]\s*/u, '$1')
    .replace(/(?<=\d),(?=\d{3}(\D|$))/g, '');
  const match = /^([-+]?)(\d{1,9})(?:\.(\d{1,6}))?0*$/.exec(bare);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  const size = Number(whole) * scale + Number(fraction.padEnd(6, '0'));
  return sign === '-' && size > 0 ? -size : size;
};

/** Millionths rounded to minor units (half away from zero). */
export const minorOf = (millionths: number, decimals: number): number => {
  const step = scale / 10 ** decimals;
  const rounded = Math.round(Math.abs(millionths) / step);
  return millionths < 0 && rounded > 0 ? -rounded : rounded;
};

/** Minor units as a decimal text. */
export const majorText = (minor: number, decimals: number): string => {
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return minor < 0 ? `-${text}` : text;
};

const decimals = new Map<string, number>();

/** Decimals of a currency, as Intl knows them. */
export const decimalsOf = (currency: string): number => {
  const known = decimals.get(currency) ?? decimalsIn(currency);
  decimals.set(currency, known);
  return known;
};

const decimalsIn = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
