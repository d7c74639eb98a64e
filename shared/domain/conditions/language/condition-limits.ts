import type { Condition } from '../condition.ts';

/** Beyond these a condition is no longer something a person reads, and evaluating it is no longer cheap. */
export const maxDepth = 16;
export const maxLeaves = 200;
/** The longest list a comparison may name. */
export const maxListed = 200;

/** The shares a fit knows of the best repeat customers. */
export const topShares: readonly number[] = [0.05, 0.1, 0.2, 0.25, 0.3, 0.5];

/** The parts of a condition that is not a comparison. */
export const partsOf = (condition: Condition): readonly Condition[] => {
  if ('all' in condition) return condition.all;
  if ('any' in condition) return condition.any;
  return 'not' in condition ? [condition.not] : [];
};

const depthOf = (condition: Condition): number =>
  partsOf(condition).reduce((deepest, part) => Math.max(deepest, 1 + depthOf(part)), 0);

/** How many comparisons a condition makes. */
const leavesOf = (condition: Condition): number =>
  'fact' in condition ? 1 : partsOf(condition).reduce((sum, part) => sum + leavesOf(part), 0);

/** Which limit a condition is beyond. */
export const limitFault = (condition: Condition): string | undefined => {
  const leaves = leavesOf(condition);
  if (leaves > maxLeaves) return `a condition makes at most ${maxLeaves} comparisons, got ${leaves}`;
  return depthOf(condition) > maxDepth ? `a condition nests at most ${maxDepth} deep` : undefined;
};
