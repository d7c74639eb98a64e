import type { Fact } from '../../facts/fact.ts';
import { factNamed } from '../../facts/fact-catalogue.ts';
import { type Condition, isTopShare, type Leaf, type Scalar } from '../condition.ts';
import { decimalText } from './decimal.ts';
import { isBareWord } from './keywords.ts';
import { operatorOf } from './operator.ts';

const percent = (share: number): string => `${decimalText(share, 2)}%`;
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const stringText = (fact: Fact | undefined, text: string): string => {
  const isPlain = fact?.type === 'instant' || fact?.type === 'days';
  return isPlain || isBareWord(text) ? text : quoted(text);
};

const scalarText = (fact: Fact | undefined, value: Scalar): string => {
  if (typeof value === 'string') return stringText(fact, value);
  if (typeof value === 'boolean') return String(value);
  return fact?.type === 'share' ? percent(value) : decimalText(value);
};

const valueText = (fact: Fact | undefined, value: Leaf['value']): string => {
  if (value === undefined) return '';
  if (isTopShare(value)) return ` ${percent(value.top)} of ${value.of} customers`;
  if (typeof value !== 'object') return ` ${scalarText(fact, value)}`;
  return ` [${value.map((part) => scalarText(fact, part)).join(', ')}]`;
};

const leafText = (leaf: Leaf): string => {
  const fact = factNamed(leaf.fact);
  if (fact?.type === 'flag' && leaf.op === 'eq' && leaf.value === true) return leaf.fact;
  const operator = operatorOf(leaf, fact);
  return `${leaf.fact} ${operator}${leaf.op === 'exists' ? '' : valueText(fact, leaf.value)}`;
};

const bracketed = (condition: Condition): string => {
  const plain = !('all' in condition) && !('any' in condition);
  return plain ? conditionText(condition) : `(${conditionText(condition)})`;
};

/**
 * A condition as it reads in a definition file: `silence > 98% and silence.days > 120`.
 * The inverse of `parseCondition`: reading the text gives the same condition back, if `checkCondition` finds no fault in it
 * and every `all` and `any` has two parts or more.
 */
export const conditionText = (condition: Condition): string => {
  if ('all' in condition) return condition.all.map(bracketed).join(' and ');
  if ('any' in condition) return condition.any.map(bracketed).join(' or ');
  if ('not' in condition) return `not ${bracketed(condition.not)}`;
  return leafText(condition);
};
