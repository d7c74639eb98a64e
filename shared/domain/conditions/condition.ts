/** Comparisons a leaf may make. */
export const ops = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'has', 'exists'] as const;
export type Op = (typeof ops)[number];

/**
 * A plain value; shares as fractions (0.75), money in major units of the store's currency, durations as `30d`, instants as RFC 3339
 * dates. An instant compared with a duration is compared by its age: `gte 30d` = within the last 30 days.
 */
export type Scalar = string | number | boolean;

/** `in top 25% of repeat customers`: against the fit's quantile of customers with two or more orders. */
export type TopShare = Readonly<{ top: number; of: 'repeat' }>;

export type Leaf = Readonly<{ fact: string; op: Op; value?: Scalar | readonly Scalar[] | TopShare }>;

/** The data form of a condition. An absent fact makes a leaf false and is never zero. */
export type Condition =
  | Leaf
  | Readonly<{ all: readonly Condition[] }>
  | Readonly<{ any: readonly Condition[] }>
  | Readonly<{ not: Condition }>;

/** Whether a value is a top share. */
export const isTopShare = (value: Leaf['value']): value is TopShare => typeof value === 'object' && 'top' in value;
