import type { Condition, Leaf } from './condition.ts';

/** Every leaf of a condition, from left to right. */
export const leavesOf = (condition: Condition): readonly Leaf[] => {
  if ('all' in condition) return condition.all.flatMap(leavesOf);
  if ('any' in condition) return condition.any.flatMap(leavesOf);
  if ('not' in condition) return leavesOf(condition.not);
  return [condition];
};
