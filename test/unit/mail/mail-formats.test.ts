import { describe, expect, it } from 'vitest';
import { formatsFor, localeFor } from '../../../shared/mail/values/mail-formats.ts';
import { shop } from './mail-request.ts';

const at = Date.UTC(2026, 5, 15, 12);
const now = Date.UTC(2026, 6, 1);
/** CLDR writes some spaces as no-break ones; which, changes between versions. */
const plainSpaces = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('the locale of a mail', () => {
  it.each([
    ['en', { locale: 'en-US' }, 'en-US'],
    ['en', { locale: 'en_AU' }, 'en-AU'],
    ['en', { locale: 'de-DE' }, 'en-DE-u-ca-gregory'],
    ['en', { locale: 'de', country: 'at' }, 'en-AT-u-ca-gregory'],
    ['en', { country: 'TH' }, 'en-TH-u-ca-gregory'],
    ['en', { country: 'United Kingdom' }, 'en-GB-u-ca-gregory'],
    ['en', {}, 'en-GB-u-ca-gregory'],
    ['de', { locale: 'de-CH' }, 'de-CH'],
    ['ar', {}, 'ar-u-ca-gregory'],
  ])('in %s for %j is %s', (language, profile, locale) => expect(localeFor(language, profile)).toBe(locale));
});

describe('dates and money', () => {
  const formats = (language: string, locale: string, currency = 'GBP') =>
    formatsFor(language, { locale }, { ...shop, currency }, now);

  it.each([
    ['en', 'en-GB', '15 June 2026', '£1,234.50'],
    ['en', 'en-US', 'June 15, 2026', '£1,234.50'],
    ['de', 'de-DE', '15. Juni 2026', '1.234,50 £'],
    ['ja', 'ja-JP', '2026年6月15日', '£1,234.50'],
  ])('are written in %s as %s writes them', (language, locale, date, money) => {
    expect(formats(language, locale).date(at)).toBe(date);
    expect(plainSpaces(formats(language, locale).money(123_450))).toBe(money);
  });

  it('know currencies without and with three decimals', () => {
    expect(plainSpaces(formats('en', 'en-GB', 'JPY').money(1_234))).toBe('JP¥1,234');
    expect(plainSpaces(formats('en', 'en-GB', 'KWD').money(1_234_500))).toBe('KWD 1,234.500');
  });

  it('name the year of a month only when the month alone could be mistaken', () => {
    expect(formats('en', 'en-GB').month(at)).toBe('June');
    expect(formatsFor('en', {}, shop, at + 299 * 86_400_000).month(at)).toBe('June');
    expect(formatsFor('en', {}, shop, at + 301 * 86_400_000).month(at)).toBe('June 2026');
  });
});
