import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presentableName } from '../../../shared/mail/values/presentable-name.ts';

const graphemes = (text: string): string[] =>
  [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment);
const anyText = fc.string({ unit: 'binary', maxLength: 300 });

describe('a name in a greeting', () => {
  it.each([
    'Ada',
    'Jean-Luc',
    "O'Neill",
    'María José',
    'J.R.',
    'Nguyễn',
    '小林',
    'محمد',
    'שרה',
    'Ada 🌸',
    '👩‍👩‍👧‍👦',
    'नीरज',
    'Nan',
    'D’Arcy',
  ])('is left as it is: %s', (name) => expect(presentableName(name)).toBe(name.normalize('NFC')));

  it('is composed and freed of doubled and outer spaces', () => {
    expect(presentableName('  Jose\u0301   Luis ')).toBe('José Luis');
  });

  it.each([
    ['a line break', 'Ada\r\nBcc: everybody@example.com'],
    ['NUL', 'Ada\u0000'],
    ['an escape', '\u001b[31mAda'],
    ['a C1 control', 'Ada\u0085'],
    ['a line separator', 'Ada\u2028'],
    ['a lone surrogate', 'Ada\ud83c'],
    ['an encoded word', '=?utf-8?q?Bcc?='],
    ['an address on the web', 'Win cash https://evil.example/x'],
    ['a bare domain', 'Free iPhone at evil.example'],
    ['a mail address', 'ada@example.com'],
    ['a placeholder', 'null'],
    ['a placeholder', 'Undefined'],
    ['only spaces', '   '],
    ['only digits', '12345'],
    ['only marks', '\u0301\u0301'],
    ['nothing', ''],
    ['nothing at all', undefined],
  ])('is left out when it holds %s', (_, name) => expect(presentableName(name)).toBeUndefined());

  it('cannot turn the line around', () => {
    expect(presentableName('\u202eadA\u202c')).toBe('adA');
    expect(presentableName('\u2067Ada')).toBe('Ada');
  });

  it('is cut at a grapheme, with an ellipsis', () => {
    expect(presentableName('x'.repeat(10_000))).toBe(`${'x'.repeat(40)}…`);
    expect(presentableName('👩‍👩‍👧‍👦'.repeat(50))).toBe(`${'👩‍👩‍👧‍👦'.repeat(10)}…`);
    expect(presentableName(`a${'\u0301'.repeat(10_000)}`)).toBeUndefined(); // one endless grapheme
  });

  it('is, whatever comes in, one short well-formed line of whole graphemes of the name, or nothing', () =>
    fc.assert(
      fc.property(anyText, (name) => {
        const shown = presentableName(name);
        if (shown === undefined) return;
        expect(shown.isWellFormed()).toBe(true);
        expect(shown).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
        expect(graphemes(shown).length).toBeLessThanOrEqual(41);
        expect(shown.length).toBeLessThanOrEqual(121);
      }),
      { numRuns: 2_000 },
    ));

  it('loses nothing but spaces when it is ordinary and short', () =>
    fc.assert(
      fc.property(fc.stringMatching(/^\p{Lu}\p{Ll}{1,15}( \p{Lu}\p{Ll}{1,15})?$/u), (name) => {
        fc.pre(!/^(null|undefined|unknown|guest|customer|test)$/i.test(name));
        return presentableName(name) === name.normalize('NFC');
      }),
    ));
});
