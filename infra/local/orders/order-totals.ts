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

/** Looks at the whole file, because one order alone cannot tell a repeated total from a line's. */
export const totalRuleOf = (drafts: readonly OrderDraft[], hasTotal: boolean): TotalRule => {
  if (!hasTotal) return 'sum-of-lines';
  const several = drafts.filter(({ totals }) => totals.length > 1);
  if (several.length === 0) return 'given-once';
  return several.every(({ totals: [first, ...others] }) => others.every((total) => total === first))
    ? 'repeated'
    : 'sum-of-totals';
};

/** The order's total in millionths; `undefined` when a number in it cannot be read. */
export const totalMillionths = (draft: OrderDraft, rule: TotalRule): number | undefined => {
  if (rule === 'sum-of-lines') return sumOf(draft.lines, ({ millionths }) => millionths);
  return sumOf(rule === 'sum-of-totals' ? draft.totals : draft.totals.slice(0, 1), millionthsOf);
};

/** `undefined` where a part is, and of nothing. */
const sumOf = <T>(parts: readonly T[], amount: (part: T) => number | undefined): number | undefined => {
  let sum = 0;
  for (const part of parts) {
    const own = amount(part);
    if (own === undefined) return undefined;
    sum += own;
  }
  return parts.length === 0 ? undefined : sum;
};
