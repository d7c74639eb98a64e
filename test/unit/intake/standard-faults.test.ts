import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { jsonPath, schemaFaults } from '../../../shared/domain/intake/standard/faults.ts';
import { standardOrder } from '../../../shared/domain/intake/standard/order.ts';
import { standardMessage } from '../../../shared/domain/intake/standard/schema.ts';
import { standardOrder as message } from '../ingest/standard-messages.ts';

const rulesOf = (schema: z.ZodType, body: unknown) => {
  const { error } = schema.safeParse(body);
  return error ? schemaFaults(error, body).map(({ path, rule }) => `${path} ${rule}`) : [];
};

describe('a fault', () => {
  it('has a rule for forms the schema does not use yet', () => {
    expect(rulesOf(z.object({ a: z.date() }), { a: 'x' })).toEqual(['$.a must be date']);
    expect(rulesOf(z.object({ a: z.array(z.string()).min(2) }), { a: ['x'] })).toEqual([
      '$.a must be at least 2 entries long',
    ]);
    expect(rulesOf(z.object({ a: z.string().refine(() => false, 'secret') }), { a: 'x' })).toEqual([
      '$.a must have the documented form',
    ]);
  });
  it('says of a field of something missing that it is missing', () => {
    const odd = z.custom<object>(() => false);
    expect(rulesOf(z.object({ a: z.object({ b: odd }) }), { a: { b: undefined } })).toEqual(['$.a.b must be given']);
    const error = new z.ZodError([{ code: 'custom', path: ['a', 'b', 'c'], message: 'must be x' }]);
    expect(schemaFaults(error, { a: 5 })).toEqual([{ path: '$.a.b.c', rule: 'must be given' }]);
    expect(schemaFaults(error, { a: null })).toEqual([{ path: '$.a.b.c', rule: 'must be given' }]);
  });
  it('never repeats a name of the sender that could be anything', () => {
    expect(jsonPath(['data', 'lines', 0, 'price'])).toBe('$.data.lines[0].price');
    expect(jsonPath(['data', 'properties', 'ada@example.com'])).toBe('$.data.properties[?]');
  });
});

describe('an order that was never checked', () => {
  const context = { store: 'demo', now: 0, topic: '', eventId: 'e' };
  const { data } = standardMessage.parse(message());
  it.each([
    ['an id', { id: '\u0007' }],
    ['a time it was placed', { placedAt: 'x' }],
    ['a time of this version', { updatedAt: 'x' }],
    ['an amount', { total: 'x' }],
  ])('is none without %s', (_what, over) => {
    if (!('status' in data)) throw new Error('not an order');
    expect(standardOrder({ ...data, ...over }, context, false)).toBeUndefined();
    expect(
      standardOrder(
        { ...data, refunded: 'x', discounts: [{ code: 'A', amount: 'x' }], lines: [{ price: 'x' }] },
        context,
        false,
      ),
    ).toMatchObject({ refundedMinor: 0 });
  });
});
