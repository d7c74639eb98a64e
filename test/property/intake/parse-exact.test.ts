import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExact } from '../../../shared/domain/intake/parse-exact.ts';

const value = (text: string): unknown => {
  const parsed = parseExact(text);
  return parsed.type === 'parsed' ? parsed.value : new Error(parsed.reason);
};
const reason = (text: string): string | undefined => {
  const parsed = parseExact(text);
  return parsed.type === 'malformed' ? parsed.reason : undefined;
};

describe('JSON read exactly', () => {
  it('is what JSON.parse gives wherever no digit is lost', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(!text.includes('__proto__') && !/\d{16}/.test(text));
        expect(value(text)).toEqual(JSON.parse(text));
      }),
    );
  });
  it('keeps every digit of every integer', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (n) => {
        const read = value(`{"a":[${n}]}`);
        const safe = n >= BigInt(Number.MIN_SAFE_INTEGER) && n <= BigInt(Number.MAX_SAFE_INTEGER);
        expect(read).toEqual({ a: [safe ? Number(n) : String(n)] });
      }),
    );
  });
  it('is total: any text is a value or a reason that quotes nothing of it', () => {
    fc.assert(
      fc.property(fc.string(), (noise) => {
        const parsed = parseExact(`{"secret ${noise}`);
        expect(parsed.type === 'malformed' && !parsed.reason.includes('secret')).toBe(true);
      }),
    );
  });
  it('refuses two members of one name, however the name is written, and takes the same name in two objects', () => {
    const rule = 'must not hold two members of one name';
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('', ' ', '\n\t '), (name, space) => {
        fc.pre(name !== '__proto__');
        const key = JSON.stringify(name);
        const escaped = `"${[...key.slice(1, -1)].length === 0 ? '' : Array.from({ length: name.length }, (_, i) => `\\u${name.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')}"`;
        expect(reason(`{${key}${space}:1,${escaped}${space}:2}`)).toBe(rule);
        expect(reason(`[{${key}:{${key}:"${'x'}"}},{${key}:1}]`)).toBeUndefined();
      }),
    );
  });
  it('does not take a text for a name', () => {
    expect(value('{"a":"a","b":["a","a"],"c":"\\"a\\":1"}')).toEqual({ a: 'a', b: ['a', 'a'], c: '"a":1' });
  });
  it.each([
    ['{"__proto__":1}', "must not hold the name '__proto__'"],
    ['[{"a":{"\\u005f_proto__":{}}}]', "must not hold the name '__proto__'"],
    ['1e400', 'must not hold numbers beyond the range of a double'],
    ['[-1e999]', 'must not hold numbers beyond the range of a double'],
    [`${'['.repeat(101)}${']'.repeat(101)}`, 'must not nest deeper than 100'],
    ['{"a":'.repeat(1_000_000), 'must not nest deeper than 100'],
    ['', 'must be JSON'],
    ['{"a":1', 'must be JSON'],
    ['{"a":"x', 'must be JSON'],
    ['{"\\u00zz":1}', 'must be JSON'],
    ['{"a":1}}', 'must be JSON'],
    ['\uFEFF{}', 'must be JSON'],
  ])('refuses %#', (text, expected) => expect(reason(text)).toBe(expected));
  it('nests a hundred deep', () => expect(reason(`${'['.repeat(100)}${']'.repeat(100)}`)).toBeUndefined());
  it('leaves nothing on the prototype of objects', () => {
    parseExact('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});
