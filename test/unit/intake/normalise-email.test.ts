import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseEmail } from '../../../shared/domain/identity/normalise-email.ts';

describe('an e-mail address', () => {
  it.each([
    ['ada@example.com', 'ada@example.com'],
    ['  Ada.L+Tag@Example.COM\n', 'ada.l+tag@example.com'],
    ['ada@BÜCHER.example', 'ada@xn--bcher-kva.example'],
    ['ada@bu\u0308cher.example', 'ada@xn--bcher-kva.example'],
    ['ada@xn--bcher-kva.example', 'ada@xn--bcher-kva.example'],
    ["o'brien!#$%&*/=?^_`{|}~-@example.co.uk", "o'brien!#$%&*/=?^_`{|}~-@example.co.uk"],
    ['c-1@customers.invalid', 'c-1@customers.invalid'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
  ])('%j is %s', (text, expected) => expect(normaliseEmail(text)).toBe(expected));

  it.each([
    ['nothing', ''],
    ['no @', 'ada.example.com'],
    ['no local part', '@example.com'],
    ['no domain', 'ada@'],
    ['one label only', 'ada@localhost'],
    ['an empty label', 'ada@example..com'],
    ['a trailing dot', 'ada@example.com.'],
    ['a label that begins with a hyphen', 'ada@-example.com'],
    ['an underscore in the domain', 'ada@exa_mple.com'],
    ['a number for a domain', 'ada@1.2'],
    ['an address literal', 'ada@[192.0.2.1]'],
    ['a percent-encoded domain', 'ada@ex%61mple.com'],
    ['a local part beyond ASCII', 'jürgen@example.com'],
    ['a Kelvin sign, which folds to k', '\u212Aelvin@example.com'],
    ['a dot at the start', '.ada@example.com'],
    ['two dots', 'a..b@example.com'],
    ['a quoted local part', '"ada l"@example.com'],
    ['white space inside', 'a da@example.com'],
    ['two addresses', 'ada@example.com,bob@example.com'],
    ['a name with an address', 'Ada <ada@example.com>'],
    ['a line break', 'ada@example.com\r\nBcc: bob@example.com'],
    ['a local part beyond 64', `${'a'.repeat(65)}@example.com`],
    ['a label beyond 63', `ada@${'a'.repeat(64)}.com`],
    ['a domain beyond 253', `ada@${'a.'.repeat(127)}com`],
    ['254 characters exceeded', `${'a'.repeat(60)}@${'abcdefghi.'.repeat(19)}example.com`],
  ])('is none with %s', (_name, text) => expect(normaliseEmail(text)).toBeUndefined());

  it('has one form: normalising again changes nothing, nor do case and white space', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const once = normaliseEmail(address);
        if (once === undefined) return;
        expect(normaliseEmail(once)).toBe(once);
        expect(normaliseEmail(` ${address.toUpperCase()} `)).toBe(once);
        expect(once).toMatch(/^[\x21-\x7e]+$/);
      }),
    );
  });
});
