import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitLines } from '../../../shared/domain/intake/fit-lines.ts';
import { tidyCountry, tidyLocale, tidyProvince, tidyZone } from '../../../shared/domain/intake/tidy-place.ts';
import { tidyId, tidyText, tidyUrl } from '../../../shared/domain/intake/tidy-text.ts';

describe('a name', () => {
  const family = '👨‍👩‍👧‍👦';
  it.each([
    ['  Ada\u0000 Love\u0007lace ', 'Ada Lovelace'],
    ['Ada\r\nBcc: x', 'Ada Bcc: x'],
    ['e\u0301', 'é'],
    ['\u202Eada\u2066', 'ada'],
    ['a\uD800b', 'a\uFFFDb'],
    ['\u0007 ', undefined],
    ['', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('%j is kept as %j', (text, expected) => expect(tidyText(text)).toBe(expected));
  it('is cut between visible characters', () => {
    expect(tidyText(`${'a'.repeat(99)}${family}b`, 100)).toBe(`${'a'.repeat(99)}${family}`);
    expect(tidyText(family.repeat(5), 4)).toBe(family);
    expect(tidyText(`${'é'.repeat(100)}é`)).toBe('é'.repeat(100));
  });
  it('cannot be made long by marks on one letter', () => {
    expect((tidyText(`a${'\u0316'.repeat(5_000)}b`, 10) ?? '').length).toBeLessThanOrEqual(40);
  });
  it('is well formed, NFC, without controls and stable, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 1, max: 50 }), (text, max) => {
        const tidy = tidyText(text, max);
        if (tidy === undefined) return;
        expect(tidy.isWellFormed() && tidy.length <= max * 4 && !/\p{Cc}/u.test(tidy)).toBe(true);
        expect(tidyText(tidy, max)).toBe(tidy);
      }),
    );
  });
});

describe('an id', () => {
  it.each([
    [1, '1'],
    [' c-1#:/ ', 'c-1#:/'],
    ['顧客-1', '顧客-1'],
    ['', undefined],
    ['a\u0000', undefined],
    ['a\uD800', undefined],
    ['x'.repeat(129), undefined],
    [null, undefined],
  ])('%j is %j', (id, expected) => expect(tidyId(id)).toBe(expected));
});

describe('a link', () => {
  it.each([
    ['https://shop.example/a b?x=1', 'https://shop.example/a%20b?x=1'],
    ['http://shop.example', 'http://shop.example/'],
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['//shop.example', undefined],
    ['https://user:pw@shop.example', undefined],
    [`https://shop.example/${'x'.repeat(500)}`, undefined],
    ['', undefined],
    [null, undefined],
  ])('%s is %s', (url, expected) => expect(tidyUrl(url)).toBe(expected));
});

describe('a place', () => {
  it.each([
    ['gb', 'GB'],
    ['UK', 'GB'],
    [' de ', 'DE'],
    ['XK', 'XK'],
    ['ZZ', undefined],
    ['EU', undefined],
    ['QQ', undefined],
    ['GBR', undefined],
    ['', undefined],
    [null, undefined],
  ])('country %s is %s', (text, expected) => expect(tidyCountry(text)).toBe(expected));
  it.each([
    ['ny', 'NY'],
    ['US-NY', 'NY'],
    ['13', '13'],
    ['Ontario', undefined],
    [null, undefined],
  ])('province %s is %s', (text, expected) => expect(tidyProvince(text)).toBe(expected));
  it.each([
    ['EN-gb', 'en-GB'],
    ['pt_br', 'pt-BR'],
    ['zh-hant-tw', 'zh-Hant-TW'],
    ['!', undefined],
    ['x'.repeat(40), undefined],
    ['', undefined],
    [null, undefined],
  ])('locale %s is %s', (text, expected) => expect(tidyLocale(text)).toBe(expected));
  it.each([
    ['europe/london', 'Europe/London'],
    ['UTC', 'UTC'],
    ['+01:00', undefined],
    ['Mars/Olympus', undefined],
    ['', undefined],
    [null, undefined],
  ])('zone %s is %s', (text, expected) => expect(tidyZone(text)).toBe(expected));
});

describe('lines', () => {
  const line = fc.record({ sku: fc.constantFrom('A', 'B', 'C'), quantity: fc.nat(50), priceMinor: fc.nat(100_000) });
  it('of one SKU are one, with all pieces and their money within half a minor unit a piece', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (given) => {
        const { lines, linesDropped } = fitLines(given);
        expect(linesDropped).toBe(0);
        expect(new Set(lines.map(({ sku }) => sku)).size).toBe(lines.length);
        for (const { sku, quantity, priceMinor } of lines) {
          const same = given.filter((other) => other.sku === sku);
          expect(quantity).toBe(same.reduce((sum, other) => sum + other.quantity, 0));
          const money = same.reduce((sum, other) => sum + other.quantity * other.priceMinor, 0);
          expect(Math.abs(quantity * priceMinor - money)).toBeLessThanOrEqual(quantity * 0.5 * same.length);
        }
      }),
    );
  });
  it('of no pieces keep their price', () => {
    const none = { sku: 'A', quantity: 0, priceMinor: 500 };
    expect(fitLines([none, { ...none, priceMinor: 700 }])).toEqual({ lines: [none], linesDropped: 0 });
  });
});
