import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../infra/local/engine/messaging/event-pattern.ts';

const name = fc.constantFrom('source', 'kind', 'amount', 'nested');
const scalar = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.integer({ min: -50, max: 50 }),
  fc.boolean(),
  fc.constant(null),
);
const event = fc.letrec((tie) => ({
  object: fc.dictionary(
    name,
    fc.oneof({ weight: 3, arbitrary: scalar }, fc.array(scalar, { minLength: 1, maxLength: 3 }), tie('object')),
    { minKeys: 1, maxKeys: 3, noNullPrototype: true },
  ),
})).object;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** The pattern that asks for exactly what the event holds. */
const patternOf = (value: unknown): unknown => {
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, patternOf(inner)]));
  return Array.isArray(value) ? value : [value];
};

describe('event patterns', () => {
  it('match the event they were written from, whatever else it holds', () => {
    fc.assert(
      fc.property(event, scalar, (value, extra) => {
        if (!isObject(value)) throw new Error('the arbitrary makes objects');
        expect(compilePattern(patternOf(value))({ ...value, more: extra })).toBe(true);
      }),
    );
  });

  it('do not match once a field they ask for is gone', () => {
    fc.assert(
      fc.property(event, fc.nat(), (value, pick) => {
        if (!isObject(value)) throw new Error('the arbitrary makes objects');
        const keys = Object.keys(value);
        const { [keys[pick % keys.length] ?? '']: _gone, ...rest } = value;
        expect(compilePattern(patternOf(value))(rest)).toBe(false);
      }),
    );
  });

  it('anything-but is the opposite of the list, where there is a value', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(texts, fc.constantFrom('a', 'b', 'c', 'd'), (list, value) => {
        const listed = compilePattern({ kind: list });
        expect(compilePattern({ kind: [{ 'anything-but': list }] })({ kind: value })).toBe(!listed({ kind: value }));
      }),
    );
    expect(compilePattern({ kind: [{ 'anything-but': ['a'] }] })({})).toBe(false);
  });

  it('exists true and exists false never agree', () => {
    fc.assert(
      fc.property(fc.option(fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })), { nil: undefined }), (kind) => {
        const value = kind === undefined ? {} : { kind };
        const present = compilePattern({ kind: [{ exists: true }] })(value);
        expect(compilePattern({ kind: [{ exists: false }] })(value)).toBe(!present);
      }),
    );
  });

  it('numeric ranges agree with arithmetic, and never match text', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -9, max: 9 }),
        fc.integer({ min: -9, max: 9 }),
        fc.integer({ min: -9, max: 9 }),
        (low, high, amount) => {
          const inRange = compilePattern({ amount: [{ numeric: ['>', low, '<=', high] }] });
          expect(inRange({ amount })).toBe(amount > low && amount <= high);
          expect(inRange({ amount: String(amount) })).toBe(false);
        },
      ),
    );
  });

  it('a list in the event matches when any of its values does', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('x', 'y', 'z'), { maxLength: 3 }), (tags) => {
        expect(compilePattern({ tags: ['x'] })({ tags })).toBe(tags.includes('x'));
      }),
    );
  });

  it.each([
    [{ kind: [{ prefix: 'ab' }] }, { kind: 'abc' }, true],
    [{ kind: [{ prefix: { 'equals-ignore-case': 'AB' } }] }, { kind: 'abc' }, true],
    [{ kind: [{ suffix: 'bc' }] }, { kind: 'abc' }, true],
    [{ kind: [{ suffix: 'bc' }] }, { kind: 'abcd' }, false],
    [{ kind: [{ 'anything-but': { prefix: 'ab' } }] }, { kind: 'abc' }, false],
    [{ kind: [{ 'equals-ignore-case': 'ABC' }] }, { kind: 'abc' }, true],
    [{ $or: [{ a: [1] }, { b: [2] }] }, { b: 2 }, true],
    [{ $or: [{ a: [1] }, { b: [2] }] }, { b: 1 }, false],
    [{ lines: { sku: ['M'] } }, { lines: [{ sku: 'K' }, { sku: 'M' }] }, true],
    [{ dynamodb: { OldImage: { kind: { S: [{ exists: false }] } } } }, { dynamodb: {} }, true],
  ])('%j on %j is %s', (pattern, value, expected) => {
    expect(compilePattern(pattern)(value)).toBe(expected);
  });

  it.each([
    [{ kind: [{ cidr: '10.0.0.0/24' }] }],
    [{ kind: [{ wildcard: 'a*' }] }],
    [{ kind: [{ 'anything-but': { wildcard: 'a*' } }] }],
    [{ kind: [{ prefix: 'a', suffix: 'b' }] }],
    [{ kind: [] }],
    [{ kind: 'text' }],
    [{ kind: [{ exists: 'yes' }] }],
    [{ amount: [{ numeric: ['~', 1] }] }],
    [{}],
  ])('refuses %j instead of guessing', (pattern) => {
    expect(() => compilePattern(pattern)).toThrow(/cannot read an event pattern/);
  });
});
