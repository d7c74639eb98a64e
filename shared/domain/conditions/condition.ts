/** Comparisons a leaf may make. */
export const ops = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'has', 'exists'] as const;
export type Op = (typeof ops)[number];

/** A plain value; durations as `30d`, percentages of silence as fractions (0.75), money in major units of the store's currency. */
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
