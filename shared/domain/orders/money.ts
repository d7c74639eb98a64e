/** Digits after the point that differ from two (ISO 4217, minor units). */
const exponents: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3] as const),
  ...'CLF UYW'.split(' ').map((code) => [code, 4] as const),
]);

const names = new Intl.DisplayNames('en', { type: 'currency', fallback: 'none' });
/** Codes that name no money: for tests, and for none at all. */
const noMoney = new Set(['XTS', 'XXX']);
/** Asked for with every payload; there are no more than 26 x 26 x 26. */
const asked = new Map<string, boolean>();

/**
 * A code of ISO 4217, present or past, as the runtime's locale data know them: they follow the standard within months. Of any
 * other code nobody can say how many digits its amounts have, so its money would be a guess.
 */
export const isCurrency = (text: string): boolean => {
  if (!/^[A-Z]{3}$/.test(text)) return false;
  const known = asked.get(text) ?? (!noMoney.has(text) && names.of(text) !== undefined);
  asked.set(text, known);
  return known;
};

/**
 * Digits after the point of a currency's amounts: 2 unless ISO 4217 says otherwise.
 *
 * @example currencyExponent('JPY'); // 0
 */
export const currencyExponent = (currency: string): number => exponents.get(currency) ?? 2;

/** What to do with digits beyond the currency's own that are not zero. */
export type ExcessDigits = 'refuse' | 'round';

// Half away from zero, on digits: an amount never passes through a fraction in binary.
const roundsUp = (excess: string): boolean => excess >= '5';

/**
 * Reads a decimal amount as an integer number of minor units, digit by digit.
 *
 * Zeros beyond the currency's digits are fine (`403.0` yen), others are refused or rounded half away from zero.
 *
 * @param text A plain decimal such as `120.50` or `-3`; no exponent, no separators.
 * @returns `undefined` when the text is no such amount or does not fit 2^53 minor units.
 * @example minorUnits('120.50', 'GBP'); // 12050
 */
export const minorUnits = (text: string, currency: string, excess: ExcessDigits = 'refuse'): number | undefined => {
  const [, sign, whole = '', fraction = ''] = /^(-?)(\d{1,16})(?:\.(\d{1,32}))?$/.exec(text) ?? [];
  if (whole === '') return undefined;
  const exponent = currencyExponent(currency);
  const beyond = fraction.slice(exponent);
  if (excess === 'refuse' && /[1-9]/.test(beyond)) return undefined;
  const minor = Number(whole + fraction.slice(0, exponent).padEnd(exponent, '0')) + (roundsUp(beyond) ? 1 : 0);
  if (!Number.isSafeInteger(minor)) return undefined;
  return sign === '-' && minor !== 0 ? -minor : minor;
};

/**
 * The decimal text of an amount, with exactly the currency's digits; `minorUnits` reads it back.
 *
 * @example decimalAmount(12050, 'GBP'); // '120.50'
 */
export const decimalAmount = (amountMinor: number, currency: string): string => {
  const exponent = currencyExponent(currency);
  const digits = String(Math.abs(amountMinor)).padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  return `${amountMinor < 0 ? '-' : ''}${whole}${exponent === 0 ? '' : `.${digits.slice(-exponent)}`}`;
};
