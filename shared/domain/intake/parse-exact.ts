import { faultyStructure } from './json-structure.ts';

/** `reason` says what was wrong in words that quote nothing. */
export type ParsedJson = Readonly<{ type: 'parsed'; value: unknown }> | Readonly<{ type: 'malformed'; reason: string }>;

class NotExact extends Error {}

// The library's types do not know the third argument yet (ECMAScript: JSON.parse source text access).
const exact = (key: string, value: unknown, { source = '' }: Readonly<{ source?: string }> = {}): unknown => {
  if (key === '__proto__') throw new NotExact("must not hold the name '__proto__'");
  if (typeof value !== 'number') return value;
  if (!Number.isFinite(value)) throw new NotExact('must not hold numbers beyond the range of a double');
  return !Number.isSafeInteger(value) && /^-?\d+$/.test(source) ? source : value;
};

/**
 * Reads JSON without losing digits: an integer beyond 2^53 becomes the text of its digits, every other value is what `JSON.parse` gives.
 *
 * Refused are also `__proto__` as a name, two members of one name in one object (which of the two counts is anybody's guess),
 * nesting deeper than 100, and numbers beyond a double.
 *
 * @example parseExact('{"id":820982911946154508}'); // { type: 'parsed', value: { id: '820982911946154508' } }
 * @see docs/adr/0030-exact-json-and-signatures.md
 */
export const parseExact = (text: string): ParsedJson => {
  const fault = faultyStructure(text);
  if (fault !== undefined) return { type: 'malformed', reason: fault };
  try {
    return { type: 'parsed', value: JSON.parse(text, exact) };
  } catch (error) {
    // The engine's own message quotes the text, which may be personal.
    return { type: 'malformed', reason: error instanceof NotExact ? error.message : 'must be JSON' };
  }
};
