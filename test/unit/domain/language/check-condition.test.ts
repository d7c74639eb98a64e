import { describe, expect, it } from 'vitest';
import { checkCondition } from '../../../../shared/domain/conditions/language/check-condition.ts';

const forms = 'expected `{fact, op, value}`, `{all: [...]}`, `{any: [...]}` or `{not: ...}`';
const top = { top: 0.25, of: 'repeat' };

/** Data, where the fault is, and what is said. */
const faulty: readonly (readonly [data: unknown, path: string, message: string])[] = [
  ['orders >= 2', '', forms],
  [[], '', forms],
  [{}, '', forms],
  [{ all: [], not: {} }, '', `${forms}, only one of them`],
  [{ facts: 'orders' }, '', 'no key `facts`; did you mean `fact`?'],
  [{ all: [] }, 'all', 'expected a list of one condition or more'],
  [{ any: [{ fact: 'case.open', op: 'exists' }, 3] }, 'any.1', forms],
  [{ fact: 'order', op: 'gte', value: 2 }, 'fact', 'no fact `order`; did you mean `orders`?'],
  [{ fact: 3, op: 'gte', value: 2 }, 'fact', 'expected the name of a fact'],
  [{ fact: 'orders', op: '>=', value: 2 }, 'op', 'no comparison `>=`; did you mean `gte`?'],
  [
    { fact: 'orders', op: 'zebra', value: 2 },
    'op',
    'no comparison `zebra`: one of `eq`, `ne`, `gt`, `gte`, `lt`, `lte`, `in`, `has` or `exists`',
  ],
  [{ fact: 'orders', op: 'gte', valu: 2, value: 2 }, 'valu', 'no key `valu`; did you mean `value`?'],
  [{ fact: 'orders', op: 'gte' }, 'value', '`gte` takes a value'],
  [{ fact: 'orders', op: 'gte', value: [2] }, 'value', '`gte` takes one plain value'],
  [{ fact: 'orders', op: 'exists', value: true }, 'value', '`exists` takes no value, or false'],
  [
    { fact: 'orders', op: 'has', value: 'x' },
    'op',
    '`orders` is compared with `gt`, `gte`, `lt`, `lte`, `eq`, `ne`, `in` or `exists`, not `has`',
  ],
  [
    { fact: 'silence', op: 'eq', value: 0.5 },
    'op',
    '`silence` is compared with `gt`, `gte`, `lt`, `lte` or `exists`, not `eq`',
  ],
  [{ fact: 'silence', op: 'gt', value: 75 }, 'value', 'the value of `silence` must be between 0% and 100%, got 75'],
  [
    { fact: 'silence', op: 'gt', value: '75%' },
    'value',
    '`silence` is compared with a share from 0 to 1, such as 0.75, got "75%"',
  ],
  [
    { fact: 'orders', op: 'gte', value: 2.5 },
    'value',
    'the value of `orders` must be a whole number: a count has no fractions, got 2.5',
  ],
  [
    { fact: 'orders', op: 'in', value: [1, 'x'] },
    'value.1',
    '`orders` is compared with a whole number, such as 3, got "x"',
  ],
  [
    { fact: 'orders', op: 'in', value: [] },
    'value',
    '`in` takes a list of 1 to 200 plain values, or `{top, of: "repeat"}`',
  ],
  [{ fact: 'orders', op: 'in', value: top }, 'op', '`{top, of}` is for `orders.last12Months` only, got `orders`'],
  [
    { fact: 'orders.last12Months', op: 'in', value: { ...top, top: 0.24 } },
    'value',
    'expected `{top, of: "repeat"}` with `top` one of 0.05, 0.1, 0.2, 0.25, 0.3, 0.5',
  ],
  [
    { fact: 'silence.days', op: 'gt', value: '120' },
    'value',
    'the value of `silence.days` must be a length of time, such as 30d (m, h, d or w), got "120"',
  ],
  [
    { fact: 'lastOrder.at', op: 'gt', value: '30d' },
    'op',
    'the age of `lastOrder.at` is compared with `gte` (within) or `lt` (older than), not `gt`',
  ],
  [
    { fact: 'lastOrder.at', op: 'gte', value: 1_767_225_600_000 },
    'value',
    '`lastOrder.at` is compared with a date, such as "2026-01-31", got 1767225600000',
  ],
  [
    { fact: 'lastOrder.at', op: 'gte', value: '2026-02-30' },
    'value',
    'the value of `lastOrder.at` must be a day of the calendar, such as 2026-01-31, got "2026-02-30"',
  ],
  [
    { fact: 'tags', op: 'has', value: 'a\nb' },
    'value',
    'the value of `tags` must have no line breaks or control characters, got "a\\nb"',
  ],
];

describe('faults of the data form', () => {
  it.each(faulty)('%j', (data, path, message) =>
    expect(checkCondition(data)).toEqual([{ path: path === '' ? [] : path.split('.').map(keyOf), message }]),
  );

  it('are all listed', () => {
    const data = { all: [{ fact: 'order', op: '>=', value: 2 }, { not: { fact: 'silence', op: 'gt', value: 2 } }] };
    expect(checkCondition(data).map(({ path }) => path)).toEqual([
      ['all', 0, 'fact'],
      ['all', 0, 'op'],
      ['all', 1, 'not', 'value'],
    ]);
  });
});

const keyOf = (key: string): string | number => (/^\d+$/.test(key) ? Number(key) : key);

describe('limits of the data form', () => {
  const leaf = { fact: 'case.open', op: 'eq', value: true };
  const nested = (depth: number): unknown => (depth === 0 ? leaf : { not: nested(depth - 1) });
  it('16 levels', () => {
    expect(checkCondition(nested(16))).toEqual([]);
    expect(checkCondition(nested(17))[0]?.message).toBe('a condition nests at most 16 deep');
    expect(checkCondition(nested(3_000))).toHaveLength(1);
  });
  it('200 comparisons', () => {
    expect(checkCondition({ all: Array(200).fill(leaf) })).toEqual([]);
    expect(checkCondition({ all: Array(201).fill(leaf) })).toEqual([
      { path: [], message: 'a condition makes at most 200 comparisons, got 201' },
    ]);
  });
});
