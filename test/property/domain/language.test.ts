import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ops } from '../../../shared/domain/conditions/condition.ts';
import { checkCondition } from '../../../shared/domain/conditions/language/check-condition.ts';
import { conditionSchema } from '../../../shared/domain/conditions/language/condition-schema.ts';
import { conditionText } from '../../../shared/domain/conditions/language/condition-text.ts';
import { decimalOf, decimalText } from '../../../shared/domain/conditions/language/decimal.ts';
import { parseCondition } from '../../../shared/domain/conditions/language/parse-condition.ts';
import { factCatalogue } from '../../../shared/domain/facts/fact-catalogue.ts';
import { anyCondition } from './language-conditions.ts';

/** Pieces that sentences are made of, and pieces that break them. */
const anyPiece = fc.constantFrom(
  ...Object.keys(factCatalogue).slice(0, 12),
  ...[
    'and',
    'or',
    'not',
    '(',
    ')',
    '[',
    ']',
    ',',
    '>=',
    '=',
    'in',
    'in top',
    '25%',
    'of repeat customers',
    'has',
    'within',
  ],
  ...[
    '30d',
    '3',
    '75%',
    'exists',
    'older than',
    'true',
    "'a b'",
    "'",
    '£',
    'order',
    'adn',
    'top',
    '2026-01-31',
    '30 days',
  ],
);
const anyNearSentence = fc.array(anyPiece, { maxLength: 24 }).map((pieces) => pieces.join(' '));

describe('a condition as a sentence', () => {
  it('reads back as the same condition', () => {
    fc.assert(
      fc.property(anyCondition, (condition) => {
        expect(parseCondition(conditionText(condition))).toMatchObject({ type: 'condition', condition });
      }),
      { numRuns: 2_000 },
    );
  });

  it('is written one way: writing what was read gives a text that reads the same', () => {
    fc.assert(
      fc.property(anyNearSentence, (text) => {
        const parsed = parseCondition(text);
        if (parsed.type === 'faults') return;
        expect(parseCondition(conditionText(parsed.condition))).toMatchObject({ condition: parsed.condition });
      }),
      { numRuns: 2_000 },
    );
  });

  it('is either read into sound data or refused with faults inside the text', () => {
    fc.assert(
      fc.property(fc.oneof(anyNearSentence, fc.string({ unit: 'binary', maxLength: 60 })), (text) => {
        const parsed = parseCondition(text);
        if (parsed.type === 'condition') {
          expect(checkCondition(parsed.condition)).toEqual([]);
          return;
        }
        expect(parsed.faults).not.toEqual([]);
        for (const { from, to, message } of parsed.faults) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeGreaterThanOrEqual(from);
          expect(to).toBeLessThanOrEqual(text.length);
          expect(message).not.toMatch(/undefined|NaN|got $/);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('knows the place of every comparison: the span begins with its fact and reads as the comparison', () => {
    fc.assert(
      fc.property(anyCondition, (condition) => {
        const text = conditionText(condition);
        const parsed = parseCondition(text);
        if (parsed.type === 'faults') throw new Error(JSON.stringify(parsed.faults));
        for (const [part, { from, to }] of parsed.spans)
          if ('fact' in part) expect(parseCondition(text.slice(from, to))).toMatchObject({ condition: part });
        expect(parsed.spans.get(parsed.condition)).toEqual({ from: 0, to: text.length });
      }),
    );
  });
});

const anyJunk = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      fact: fc.constantFrom('orders', 'silence', 'order', 3),
      op: fc.constantFrom(...ops, '>='),
      value: fc.jsonValue(),
    },
    { requiredKeys: [] },
  ),
  fc.record({ all: fc.array(fc.jsonValue()), not: fc.jsonValue() }, { requiredKeys: [] }),
);

describe('a condition as data', () => {
  it('finds no fault in a sound one, and the schema takes it as it is', () => {
    fc.assert(
      fc.property(anyCondition, (condition) => {
        expect(checkCondition(condition)).toEqual([]);
        expect(conditionSchema.parse(condition)).toEqual(condition);
      }),
      { numRuns: 1_000 },
    );
  });

  it('never lets through what the schema refuses, nor what cannot be written and read back', () => {
    fc.assert(
      fc.property(anyJunk, (junk) => {
        if (checkCondition(junk).length > 0) return;
        const condition = conditionSchema.parse(junk);
        expect(parseCondition(conditionText(condition)).type).toBe('condition');
      }),
      { numRuns: 2_000 },
    );
  });
});

it('decimals keep every digit, wherever the point moves', () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -3, max: 3 }),
      (value, places) => {
        expect(decimalOf(decimalText(value, places), -places)).toBe(value === 0 ? 0 : value);
        expect(decimalText(value, places)).toMatch(/^-?\d+(\.\d*[1-9])?$/);
      },
    ),
    { numRuns: 1_000 },
  );
});
