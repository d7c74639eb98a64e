import type { Fact } from '../../facts/fact.ts';
import { isTopShare, type Leaf, type Op } from '../condition.ts';
import { parseDuration } from '../duration.ts';

/** Comparisons as they are written in a sentence. */
export const operators = [
  '=',
  '!=',
  '>',
  '>=',
  '<',
  '<=',
  'in',
  'in top',
  'has',
  'within',
  'older than',
  'exists',
  'missing',
] as const;
export type Operator = (typeof operators)[number];

/** What each one is in data. `within` and `older than` compare an instant with a length of time. */
export const opOf: Readonly<Record<Operator, Op>> = {
  '=': 'eq',
  '!=': 'ne',
  '>': 'gt',
  '>=': 'gte',
  '<': 'lt',
  '<=': 'lte',
  in: 'in',
  'in top': 'in',
  has: 'has',
  within: 'gte',
  'older than': 'lt',
  exists: 'exists',
  missing: 'exists',
};

const plain: Readonly<Record<Exclude<Op, 'exists'>, Operator>> = {
  eq: '=',
  ne: '!=',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
  in: 'in',
  has: 'has',
};

/** How a leaf is written; the inverse of `opOf`, given the fact. */
export const operatorOf = ({ op, value }: Pick<Leaf, 'op' | 'value'>, fact: Fact | undefined): Operator => {
  if (op === 'exists') return value === false ? 'missing' : 'exists';
  if (isTopShare(value)) return 'in top';
  const isAge = fact?.type === 'instant' && typeof value === 'string' && parseDuration(value) !== undefined;
  if (isAge && op === 'gte') return 'within';
  if (isAge && op === 'lt') return 'older than';
  return plain[op];
};

const presence: readonly Operator[] = ['exists', 'missing'];
const order: readonly Operator[] = ['>', '>=', '<', '<='];
const equality: readonly Operator[] = ['=', '!=', 'in'];

/** The fact whose best share of repeat customers a fit knows. */
export const topShareFact = 'orders.last12Months';

/**
 * The comparisons a fact takes. What grows or falls with the clock has no `=`: it would hold for an instant.
 * An instant is compared with a date or, by its age, with a length of time.
 */
export const operatorsFor = (name: string, { type, moves }: Fact): readonly Operator[] => {
  if (type === 'text') return [...equality, ...presence];
  if (type === 'flag') return ['=', '!=', ...presence];
  if (type === 'list') return ['has', ...presence];
  if (type === 'instant') return ['within', 'older than', ...order, ...presence];
  if (type === 'any') return [...order, ...equality, 'has', ...presence];
  if (moves !== 'constant' && moves !== 'steps-down') return [...order, ...presence];
  return [...order, ...equality, ...(name === topShareFact ? (['in top'] as const) : []), ...presence];
};

/** Several comparisons as a reader would say them: `=`, `!=` or `in`. */
export const listed = (words: readonly string[], join = 'or'): string => {
  const quoted = words.map((word) => `\`${word}\``);
  const last = quoted.at(-1) ?? '';
  return quoted.length < 2 ? last : `${quoted.slice(0, -1).join(', ')} ${join} ${last}`;
};

const why = ({ type, moves }: Fact): string => {
  if (type === 'text') return 'is a text';
  if (type === 'flag') return 'is either true or false';
  if (type === 'list') return 'is a list';
  if (type === 'instant') return 'is a date';
  return moves === 'constant' || moves === 'steps-down' ? 'is a number' : 'moves with the clock';
};

/** Why a fact does not take a comparison, and which it takes. */
export const operatorFault = (name: string, fact: Fact, operator: Operator): string | undefined => {
  const allowed = operatorsFor(name, fact);
  if (allowed.includes(operator)) return undefined;
  if (operator === 'in top') return `\`in top\` is for \`${topShareFact}\` only, got \`${name}\``;
  return `\`${name}\` ${why(fact)}: compare it with ${listed(allowed)}, not \`${operator}\``;
};
