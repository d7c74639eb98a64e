import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../../shared/domain/conditions/condition.ts';
import { conditionText } from '../../../../shared/domain/conditions/language/condition-text.ts';
import { parseCondition } from '../../../../shared/domain/conditions/language/parse-condition.ts';
import { ecommerce } from '../../../../shared/domain/lifecycle/ecommerce.ts';

const leaf = (fact: string, op: string, value?: unknown) => ({ fact, op, ...(value === undefined ? {} : { value }) });

describe('what a sentence means', () => {
  it.each<[string, unknown]>([
    ['orders >= 2', leaf('orders', 'gte', 2)],
    ['orders.placed != 1_000', leaf('orders.placed', 'ne', 1000)],
    ['revenue >= 12.50', leaf('revenue', 'gte', 12.5)],
    ['silence > 75%', leaf('silence', 'gt', 0.75)],
    ['refundShare > 12.5 %', leaf('refundShare', 'gt', 0.125)],
    ['silence.days > 120', leaf('silence.days', 'gt', 120)],
    ['silence.days > 12w', leaf('silence.days', 'gt', '12w')],
    ['lastOrder.at within 30d', leaf('lastOrder.at', 'gte', '30d')],
    ['lastOrder.at older than 30d', leaf('lastOrder.at', 'lt', '30d')],
    ['consent.grantedAt >= 2026-01-31', leaf('consent.grantedAt', 'gte', '2026-01-31')],
    ['referral.lastAt exists', leaf('referral.lastAt', 'exists')],
    ['referral.lastAt missing', leaf('referral.lastAt', 'exists', false)],
    ['case.open', leaf('case.open', 'eq', true)],
    ['subscription.active = false', leaf('subscription.active', 'eq', false)],
    ['tags has wholesale', leaf('tags', 'has', 'wholesale')],
    ['products.skus has 12345', leaf('products.skus', 'has', '12345')],
    ["tags has 'VIP, gold'", leaf('tags', 'has', 'VIP, gold')],
    ['tags has "it\'s"', leaf('tags', 'has', "it's")],
    ["tags has 'it''s'", leaf('tags', 'has', "it's")],
    ['email.domain in [a.co.uk, members.ebay.com]', leaf('email.domain', 'in', ['a.co.uk', 'members.ebay.com'])],
    ['attributes.shoe_size in [41, 42]', leaf('attributes.shoe_size', 'in', [41, 42])],
    ['attributes.vip', leaf('attributes.vip', 'eq', true)],
    ["attributes.code = '42'", leaf('attributes.code', 'eq', '42')],
    ['profile.timeZone = Europe/London', leaf('profile.timeZone', 'eq', 'Europe/London')],
    [
      'orders.last12Months in top 25% of repeat customers',
      leaf('orders.last12Months', 'in', { top: 0.25, of: 'repeat' }),
    ],
  ])('%s', (text, condition) => expect(parseCondition(text)).toMatchObject({ type: 'condition', condition }));

  it('binds `not` tightest, then `and`, then `or`', () => {
    const read = parseCondition('not case.open and orders > 1 or orders > 9');
    expect(read).toMatchObject({
      condition: {
        any: [{ all: [{ not: leaf('case.open', 'eq', true) }, leaf('orders', 'gt', 1)] }, leaf('orders', 'gt', 9)],
      },
    });
  });

  it('keeps brackets as they are', () =>
    expect(parseCondition('orders > 1 and (case.open or (tags has a and tags has b))')).toMatchObject({
      condition: { all: [{}, { any: [{}, { all: [{}, {}] }] }] },
    }));

  it('reads a sentence over several lines', () =>
    expect(parseCondition('orders > 1\n  and case.open').type).toBe('condition'));

  it('writes the default lifecycle as its file does', () =>
    expect(ecommerce.stages.flatMap(({ when }) => (when === undefined ? [] : [conditionText(when)]))).toEqual([
      'orders.placed = 0',
      'silence > 98% and silence.days > 120',
      'orders <= 1 and silence > 75%',
      'silence > 90%',
      'silence > 75%',
      'lastOrder.endedSilence > 90%',
      'orders >= 3 and orders.last12Months in top 25% of repeat customers',
      'orders >= 2',
    ]));

  it('writes text that could be misread in quotes', () => {
    const condition: Condition = { fact: 'tags', op: 'has', value: "or it's" };
    expect(conditionText(condition)).toBe("tags has 'or it''s'");
  });
});

/** The text, what is marked in it, and what is said: several pairs for several faults. */
const slips: readonly (readonly [text: string, ...faults: readonly string[]])[] = [
  ['order >= 2', 'order', 'no fact `order`; did you mean `orders`?'],
  ['Orders >= 2', 'Orders', 'no fact `Orders`; did you mean `orders`?'],
  ['nps >= 9', 'nps', 'no fact `nps`; did you mean `feedback.nps`?'],
  [
    'ordres.lats12Months >= 2',
    'ordres.lats12Months',
    'no fact `ordres.lats12Months`; did you mean `orders.last12Months`?',
  ],
  ['totalSpent > 100', 'totalSpent', 'no fact `totalSpent`; did you mean `revenue`?'],
  ['zebra > 100', 'zebra', 'no fact `zebra`'],
  [
    'attributes.x-y = 3',
    'attributes.x-y',
    'no attribute can be called `attributes.x-y`: write `attributes.` and a name of at most 40 letters, digits and _',
  ],
  ['orders => 2', '=>', 'no comparison `=>`; did you mean `>=`?'],
  ['orders == 2', '==', 'no comparison `==`; did you mean `=`?'],
  ['orders ≥ 2', '≥', 'no comparison `≥`; did you mean `>=`?'],
  ['orders more than 2', 'more than', 'no comparison `more than`; did you mean `>`?'],
  ['loyalty.tier is not gold', 'is not', 'no comparison `is not`; did you mean `!=`?'],
  ['tags contains vip', 'contains', 'no comparison `contains`; did you mean `has`?'],
  ['lastOrder.at withn 30d', 'withn', 'no comparison `withn`; did you mean `within`?'],
  ['tags = vip', '=', '`tags` is a list: compare it with `has`, `exists` or `missing`, not `=`'],
  [
    'silence = 75%',
    '=',
    '`silence` moves with the clock: compare it with `>`, `>=`, `<`, `<=`, `exists` or `missing`, not `=`',
  ],
  [
    'profile.country > GB',
    '>',
    '`profile.country` is a text: compare it with `=`, `!=`, `in`, `exists` or `missing`, not `>`',
  ],
  ['orders in top 25% of repeat customers', 'in top', '`in top` is for `orders.last12Months` only, got `orders`'],
  [
    'orders.last12Months in top 24% of repeat customers',
    '24%',
    '`in top` takes one of `5%`, `10%`, `20%`, `25%`, `30%`, `50%`, got `24%`',
  ],
  [
    'orders.last12Months in top 25%',
    '25%',
    'a top share is of repeat customers: write `in top 25% of repeat customers`',
  ],
  ['silence > 75', '75', '`silence` is compared with a percentage, such as `75%`, got `75`; did you mean `75%`?'],
  ['silence > 0.75', '0.75', '`silence` is compared with a percentage, such as `75%`, got `0.75`; did you mean `75%`?'],
  ['orders = 75%', '75%', '`orders` is compared with a whole number, such as `3`, got `75%`'],
  ['orders > 2.5', '2.5', 'what follows `orders >` must be a whole number: a count has no fractions, got `2.5`'],
  ['orders > -1', '-1', 'what follows `orders >` must not be below zero, got `-1`'],
  ['refundShare > 120%', '120%', 'what follows `refundShare >` must be between 0% and 100%, got `120%`'],
  [
    'silence > 100%',
    '100%',
    'what follows `silence >` must be above 0% and below 100%: every silence passes 0% at once and none passes 100%, got `100%`',
  ],
  ['revenue > £50', '£', "amounts are plain numbers in the store's currency: `50`"],
  ['revenue > 1,000', '1,000', 'numbers have no commas: `1_000` and `2.5`, got `1,000`'],
  ['lastOrder.at within 30 days', '30 days', 'write this length of time as `30d`'],
  [
    'lastOrder.at within 3mo',
    '3mo',
    '`lastOrder.at within` takes a length of time, such as `30d` (m, h, d or w), got `3mo`; did you mean `90d`?',
  ],
  [
    'lastOrder.at > 30d',
    '30d',
    '`lastOrder.at` is compared with a date, such as `2026-01-31`, got `30d`; did you mean `within 30d`?',
  ],
  [
    'lastOrder.at < 30d',
    '30d',
    '`lastOrder.at` is compared with a date, such as `2026-01-31`, got `30d`; did you mean `older than 30d`?',
  ],
  [
    'lastOrder.at >= 2026-02-30',
    '2026-02-30',
    'what follows `lastOrder.at >=` must be a day of the calendar, such as 2026-01-31, got `2026-02-30`',
  ],
  ['case.open = yes', 'yes', '`case.open` is compared with `true` or `false`, got `yes`; did you mean `true`?'],
  ['loyalty.tier = gold member', 'gold member', "several words stand in quotes: `'gold member'`"],
  ['profile.country in GB', 'GB', 'expected a list after `in`, such as `[a, b]`'],
  ['profile.country in (GB, IE)', '(', 'a list stands in square brackets: `[a, b]`'],
  ['profile.country in [GB, IE', 'IE', 'this list is never closed: expected `]`'],
  ['profile.country in []', '[]', 'a list names one value or more'],
  ['tags has a or orders in [1 ? 2]', '?', 'expected a whole number, such as `3`, after `in`, got `?`'],
  ['orders in [1, , 2]', ',', 'expected a whole number, such as `3`, after `in`, got `,`'],
  ["tags has 'vip", "'vip", 'this quote is never closed'],
  ['orders', 'orders', '`orders` is not compared with anything; for example `orders >= 2`'],
  [
    'orders 2',
    '2',
    'expected a comparison after `orders` (`>`, `>=`, `<`, `<=`, `=`, `!=`, `in`, `exists` or `missing`), got `2`',
  ],
  ['orders >=', '>=', 'expected a whole number, such as `3`, after `>=`'],
  ['orders >= and case.open', 'and', 'expected a whole number, such as `3`, after `>=`, got `and`'],
  ['2 <= orders', '2', 'expected a fact first, such as in `orders >= 2`, got `2`'],
  ['case.open and', 'and', 'nothing follows `and`'],
  ['and case.open', 'and', 'nothing stands before this `and`'],
  ['orders > 1 AND case.open', 'AND', 'expected `and` or `or`, got `AND`'],
  ['orders > 1 adn case.open', 'adn', 'expected `and` or `or`, got `adn`'],
  ['orders > 1 && case.open', '&&', 'expected `and` or `or`, got `&&`'],
  [
    'case.open orders > 1',
    'orders',
    'expected a comparison after `case.open` (`=`, `!=`, `exists` or `missing`), got `orders`',
  ],
  ['orders > 1 case.open', 'case.open', '`and` or `or` is missing before `case.open`'],
  ['orders > 1 # many', '# many', 'expected `and`, `or` or the end, got `#`'],
  ['!case.open', '!', 'write `not` instead of `!`'],
  ['tags not has vip', 'not', '`not` stands before the fact: `not tags …`'],
  ['(orders > 1 and case.open', '(', 'this `(` is never closed'],
  ['orders > 1)', ')', 'this `)` closes nothing'],
  ['orders > 1 and ()', ')', 'expected a condition, such as `orders >= 2`'],
  ['otherwise', 'otherwise', '`otherwise` stands alone: it is the rule of the last stage'],
  [
    'order >= 2 and silence > 75 or (case.opn)',
    'order',
    'no fact `order`; did you mean `orders`?',
    '75',
    '`silence` is compared with a percentage, such as `75%`, got `75`; did you mean `75%`?',
    'case.opn',
    'no fact `case.opn`; did you mean `case.open`?',
  ],
  [
    'orders > x ) and foo > 3',
    'x',
    '`orders` is compared with a whole number, such as `3`, got `x`',
    ')',
    'this `)` closes nothing',
    'foo',
    'no fact `foo`',
  ],
];

describe('one slip, one fault, at its place', () => {
  it.each(slips)('%s', (text, ...expected) => {
    const parsed = parseCondition(text);
    const faults = parsed.type === 'faults' ? parsed.faults : [];
    expect(faults.flatMap(({ from, to, message }) => [text.slice(from, to), message])).toEqual(expected);
  });

  it('an empty text is asked for a condition', () =>
    expect(parseCondition(' ')).toEqual({
      type: 'faults',
      faults: [{ from: 1, to: 1, message: 'expected a condition, such as `orders >= 2`' }],
    }));
});

describe('limits', () => {
  const nested = (depth: number): string => `${'not '.repeat(depth)}case.open`;
  const wide = (leaves: number): string => Array.from({ length: leaves }, () => 'case.open').join(' or ');
  const faultsOf = (text: string): readonly string[] => {
    const parsed = parseCondition(text);
    return parsed.type === 'faults' ? parsed.faults.map(({ message }) => message) : [];
  };
  it('a condition nests 16 deep and no deeper', () => {
    expect(faultsOf(nested(16))).toEqual([]);
    expect(faultsOf(nested(17))).toEqual(['brackets and `not` nest at most 16 deep']);
    expect(faultsOf('('.repeat(5_000))).toEqual(['brackets and `not` nest at most 16 deep']);
  });
  it('a text that is wrong throughout is given up after a hundred faults', () =>
    expect(faultsOf('(x or '.repeat(3) + 'x or '.repeat(3_000))).toHaveLength(100));
  it('a condition makes 200 comparisons and no more', () => {
    expect(faultsOf(wide(200))).toEqual([]);
    expect(faultsOf(wide(201))).toEqual(['a condition makes at most 200 comparisons, got 201']);
    expect(faultsOf(wide(5_000))).toEqual(['a condition has at most 16384 characters']);
  });
});
