import type { Condition, Leaf, Op, Scalar } from '../../../shared/domain/conditions/condition.ts';

const signs: Readonly<Record<Exclude<Op, 'exists'>, string>> = {
  eq: '=',
  ne: '!=',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
  in: 'in',
  has: 'has',
};

// Facts that are shares of comparable customers read as percentages.
const isShare = (fact: string): boolean => /^silence$|Silence$|Share$|Chance$/.test(fact);

const percent = (share: number): string => `${Number((share * 100).toPrecision(12))}%`;

const scalarText = (fact: string, value: Scalar): string =>
  typeof value === 'number' && isShare(fact) ? percent(value) : String(value);

const valueText = ({ fact, value }: Leaf): string => {
  if (value === undefined) return '';
  if (typeof value !== 'object') return scalarText(fact, value);
  if ('top' in value) return `top ${percent(value.top)} of ${value.of} customers`;
  return `[${value.map((part) => scalarText(fact, part)).join(', ')}]`;
};

const leafText = (leaf: Leaf): string => {
  if (leaf.op === 'exists') return leaf.value === false ? `not ${leaf.fact} exists` : `${leaf.fact} exists`;
  return `${leaf.fact} ${signs[leaf.op]} ${valueText(leaf)}`;
};

const bracketed = (condition: Condition): string => {
  const plain = !('all' in condition) && !('any' in condition);
  return plain ? conditionText(condition) : `(${conditionText(condition)})`;
};

/** A condition as it reads in a definition file: `silence > 98% and silence.days > 120`. */
export const conditionText = (condition: Condition): string => {
  if ('all' in condition) return condition.all.map(bracketed).join(' and ');
  if ('any' in condition) return condition.any.map(bracketed).join(' or ');
  if ('not' in condition) return `not ${bracketed(condition.not)}`;
  return leafText(condition);
};
