/** A number as digits and a decimal point, without an exponent, its point moved `places` to the right. Exact: no digit is lost or made up. */
export const decimalText = (value: number, places = 0): string => {
  const [mantissa = '0', exponent = '0'] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const point = Number(exponent) + 1 + places;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const whole = Math.max(1, point);
  const fraction = padded.slice(whole).replace(/0+$/, '');
  return `${value < 0 ? '-' : ''}${padded.slice(0, whole)}${fraction === '' ? '' : `.${fraction}`}`;
};

/** The number a decimal text stands for, its point moved `places` to the right; `_` between digits is skipped. The inverse of `decimalText`. */
export const decimalOf = (text: string, places = 0): number => Number(`${text.replaceAll('_', '')}e${places}`);
