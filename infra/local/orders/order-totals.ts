import { millionthsOf } from './decimal-text.ts';
import type { OrderDraft } from './order-drafts.ts';

/** How an order's total follows from its rows. */
export type TotalRule = 'sum-of-lines' | 'given-once' | 'repeated' | 'sum-of-totals';

export const ruleInWords: Readonly<Record<TotalRule, string>> = {
  'sum-of-lines': 'an order is worth the sum of quantity x price over its lines',
  'given-once': "an order is worth its 'total'",
  repeated: "'total' repeats on every line of an order: taken as the order's, once",
  'sum-of-totals': "'total' differs between the lines of an order: taken as each line's, summed",
};

const totalsOf = (draft: OrderDraft): readonly string[] =>
  draft.lines.map(({ total }) => total).filter((text) => text !== '');

/** Looks at the whole file, because one order alone cannot tell a repeated total from a line's. */
export const totalRuleOf = (drafts: readonly OrderDraft[], hasTotal: boolean): TotalRule => {
  if (!hasTotal) return 'sum-of-lines';
  const several = drafts.map(totalsOf).filter((totals) => totals.length > 1);
  if (several.length === 0) return 'given-once';
  return several.every((totals) => new Set(totals).size === 1) ? 'repeated' : 'sum-of-totals';
};

/** The amount of a line in millionths; `undefined` when a number in it cannot be read. */
export const lineMillionths = ({
  quantity,
  price,
}: Readonly<{ quantity: string; price: string }>): number | undefined => {
  const pieces = quantity === '' ? 1 : Number(quantity);
  const each = price === '' ? 0 : millionthsOf(price);
  return each === undefined || !Number.isFinite(pieces) ? undefined : Math.round(pieces * each);
};

/** The order's total in millionths; `undefined` when a number in it cannot be read. */
export const totalMillionths = (draft: OrderDraft, rule: TotalRule): number | undefined => {
  const parts = rule === 'sum-of-lines' ? draft.lines.map(lineMillionths) : totalsOf(draft).map(millionthsOf);
  const counted = rule === 'repeated' || rule === 'given-once' ? parts.slice(0, 1) : parts;
  if (counted.length === 0) return undefined;
  return counted.reduce<number | undefined>(
    (sum, part) => (sum === undefined || part === undefined ? undefined : sum + part),
    0,
  );
};
