import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyExponent, decimalAmount, isCurrency, minorUnits } from '../../../shared/domain/orders/money.ts';

const currency = fc.constantFrom('GBP', 'USD', 'JPY', 'KRW', 'KWD', 'TND', 'CLF', 'HUF', 'XXX');
const minor = fc.maxSafeInteger();
const digits = fc.stringMatching(/^\d{1,12}$/);

describe('an amount', () => {
  it('survives being written and read, to the last minor unit', () => {
    fc.assert(
      fc.property(minor, currency, (amount, c) => {
        expect(minorUnits(decimalAmount(amount, c), c)).toBe(amount === 0 ? 0 : amount);
      }),
    );
  });
  it('reads the same with zeros before and behind', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), currency, fc.nat(3), fc.nat(3), (amount, c, before, behind) => {
        const [whole = '', fraction = ''] = decimalAmount(amount, c).split('.');
        const padded = `${'0'.repeat(before)}${whole}.${fraction}${'0'.repeat(behind + 1)}`;
        expect(minorUnits(padded, c)).toBe(amount);
      }),
    );
  });
  it('agrees with whole-number arithmetic on its digits', () => {
    fc.assert(
      fc.property(digits, digits, currency, (whole, fraction, c) => {
        const e = currencyExponent(c);
        const scaled = BigInt(whole) * 10n ** 12n + BigInt(fraction.padEnd(12, '0'));
        const unit = 10n ** BigInt(12 - e);
        const rounded = (scaled + unit / 2n) / unit;
        const fits = rounded <= BigInt(Number.MAX_SAFE_INTEGER);
        expect(minorUnits(`${whole}.${fraction}`, c, 'round')).toBe(fits ? Number(rounded) : undefined);
        const exact = scaled % unit === 0n && fits ? Number(rounded) : undefined;
        expect(minorUnits(`${whole}.${fraction}`, c)).toBe(exact);
      }),
    );
  });
  it('is negative exactly when it is written so, and never a negative zero', () => {
    fc.assert(
      fc.property(fc.nat(), currency, (amount, c) => {
        const text = decimalAmount(amount, c);
        expect(minorUnits(`-${text}`, c)).toBe(amount === 0 ? 0 : -amount);
        expect(decimalAmount(-amount, c)).toBe(amount === 0 ? text : `-${text}`);
      }),
    );
  });
  it('is nothing when the text is no plain decimal', () => {
    for (const text of [
      '',
      ' 1',
      '1 ',
      '1.',
      '.5',
      '+1',
      '1,50',
      '1e3',
      '0x10',
      '--1',
      'NaN',
      'Infinity',
      '１２',
      '1_000',
      '1'.repeat(17),
    ])
      expect(minorUnits(text, 'GBP')).toBeUndefined();
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = minorUnits(text, 'GBP');
        expect(read === undefined || /^-?\d+(\.\d+)?$/.test(text)).toBe(true);
      }),
    );
  });
  it('is exact where floats are not', () => {
    expect([
      minorUnits('1.15', 'GBP'),
      minorUnits('4.35', 'GBP'),
      minorUnits('1.005', 'KWD'),
      minorUnits('1.005', 'GBP', 'round'),
    ]).toEqual([115, 435, 1005, 101]);
    expect(minorUnits('90071992547409.93', 'GBP')).toBeUndefined();
    expect(minorUnits('90071992547409.91', 'GBP')).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe('a currency', () => {
  it.each([
    ['JPY', 0],
    ['KWD', 3],
    ['CLF', 4],
    ['GBP', 2],
    ['ISK', 0],
    ['constructor', 2],
  ])('%s has %d digits', (code, count) => {
    expect(currencyExponent(code)).toBe(count);
  });
  it('is three capital letters', () => {
    expect(['GBP', 'DEM', 'VED', 'XCG'].map(isCurrency)).toEqual([true, true, true, true]);
    const others = ['gbp', 'GB', 'GBPX', 'G1P', '', 'ZZZ', 'BTC', 'XTS', 'XXX'];
    expect(others.filter(isCurrency)).toEqual([]);
  });
});
