import type { Condition } from '../../conditions/condition.ts';
import { isPossible, someEffort } from './possible.ts';

/** Why nobody can ever stand in a stage: its own condition cannot hold, one stage above takes all who fit, or several together do. */
export type Unreachable =
  | Readonly<{ type: 'contradiction' }>
  | Readonly<{ type: 'taken-by'; stage: number }>
  | Readonly<{ type: 'taken-together' }>;

/** A stage's condition; `otherwise` takes everybody, `undefined` could not be read. */
export type Rule = Condition | 'otherwise' | undefined;

/**
 * Why a stage of a list of rules, read from the top, can never be reached; `undefined` when it may be.
 * What it says is certain; what it does not see are relations between different facts.
 */
export const whyUnreachable = (
  rules: readonly Rule[],
  stage: number,
  effort = someEffort(),
): Unreachable | undefined => {
  const rule = rules[stage];
  if (rule === undefined) return undefined;
  const own = rule === 'otherwise' ? [] : [rule];
  const above = rules.slice(0, stage).flatMap((one, n) => (isCondition(one) ? [{ condition: one, n }] : []));
  if (!isPossible(own, [], effort)) return { type: 'contradiction' };
  const taker = above.find(({ condition }) => !isPossible(own, [condition], effort));
  if (taker !== undefined) return { type: 'taken-by', stage: taker.n };
  const conditions = above.map(({ condition }) => condition);
  return isPossible(own, conditions, effort) ? undefined : { type: 'taken-together' };
};

const isCondition = (rule: Rule): rule is Condition => typeof rule === 'object';
