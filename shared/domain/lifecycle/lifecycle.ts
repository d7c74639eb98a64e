import type { Condition } from '../conditions/condition.ts';
import type { StageId } from '../customers/customer.ts';

/** A stage and the condition under which a customer stands in it; the last stage of a lifecycle has none. */
export type Stage = Readonly<{ id: StageId; when?: Condition }>;

/** An ordered list of stages: the first whose condition holds is the customer's. */
export type Lifecycle = Readonly<{ name: string; version: number; stages: readonly Stage[] }>;
