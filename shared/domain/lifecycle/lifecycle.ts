import type { Condition } from '../conditions/condition.ts';
import type { StageId } from '../customers/customer.ts';

/** A stage and the condition under which a customer stands in it; the last stage of a lifecycle has none. */
export type Stage = Readonly<{ id: StageId; when?: Condition }>;

/** An ordered list of stages: the first whose condition holds is the customer's. */
export type Lifecycle = Readonly<{
  name: string;
  /** Counts the saves of a store, across names; greater is newer. */
  version: number;
  stages: readonly Stage[];
  /** Who stands in no stage: out of fits and mail, counted apart. Conditions over facts that time does not move. */
  exclude?: readonly Condition[];
  /** When a proposed fit is taken over. `monthly`: on the 1st, or when more than 2 % of customers would move. */
  adopt?: 'monthly' | 'never';
}>;
