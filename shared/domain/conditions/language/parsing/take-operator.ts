import { didYouMean } from '../../../did-you-mean.ts';
import type { Fact } from '../../../facts/fact.ts';
import { listed, type Operator, operators, operatorsFor } from '../operator.ts';
import type { Cursor } from './cursor.ts';
import { shown, type Token } from './token.ts';

/** What people write who come from other languages, and what it is here. */
const meantBy: Readonly<Record<string, Operator>> = {
  '==': '=',
  '===': '=',
  '＝': '=',
  is: '=',
  equals: '=',
  eq: '=',
  '<>': '!=',
  '!==': '!=',
  '≠': '!=',
  ne: '!=',
  '＞': '>',
  above: '>',
  after: '>',
  more: '>',
  over: '>',
  gt: '>',
  '=>': '>=',
  '≥': '>=',
  since: '>=',
  gte: '>=',
  '＜': '<',
  before: '<',
  below: '<',
  less: '<',
  under: '<',
  lt: '<',
  '=<': '<=',
  '≤': '<=',
  lte: '<=',
  contains: 'has',
  contain: 'has',
  include: 'has',
  includes: 'has',
  top: 'in top',
  during: 'within',
  last: 'within',
  older: 'older than',
  known: 'exists',
  present: 'exists',
  absent: 'missing',
  unknown: 'missing',
};

const isSign = (word: string): boolean => /^[=!<>]/.test(word);
const words = operators.filter((operator) => !isSign(operator) && !operator.includes(' '));

/** The comparison a slip stands for. */
const operatorMeant = ({ kind, text }: Token): Operator | undefined => {
  const key = text.toLowerCase();
  if (Object.hasOwn(meantBy, key)) return meantBy[key];
  const near = kind === 'word' ? didYouMean(text, words) : undefined;
  return operators.find((operator) => operator === near);
};

/** Whether the condition about a fact is over: nothing more, or the next part begins, were it even misspelt. */
export const endsHere = (cursor: Cursor): boolean => {
  const token = cursor.peek();
  if (['end', 'close', 'comma'].includes(token.kind) || ['&&', '||'].includes(token.text)) return true;
  return token.kind === 'word' && connectiveMeant(token) !== undefined && operatorMeant(token) === undefined;
};

/** `and` or `or`, where a token is or should have been one. */
export const connectiveMeant = ({ kind, text }: Token): 'and' | 'or' | undefined => {
  if (text === '&&' || kind === 'comma') return 'and';
  if (text === '||') return 'or';
  if (kind !== 'word') return undefined;
  const meant = text.length < 2 ? undefined : didYouMean(text, ['and', 'or']);
  return meant === 'and' || meant === 'or' ? meant : undefined;
};

const exactly = (cursor: Cursor): Operator | undefined => {
  const { kind, text } = cursor.peek();
  if (kind !== 'sign' && kind !== 'word') return undefined;
  const two = `${text} ${cursor.peek(1).text}`;
  const isDouble = two === 'in top' || two === 'older than';
  const found = operators.find((operator) => operator === (isDouble ? two : text));
  if (isDouble) cursor.take();
  if (found !== undefined) cursor.take();
  return found;
};

/** Takes the comparison ahead; what is none is found fault with, and read as what was meant if that is clear. */
export const takeOperator = (cursor: Cursor, name: string, fact: Fact | undefined): Operator | undefined => {
  if (cursor.isWord('not')) {
    cursor.fault(cursor.take(), `\`not\` stands before the fact: \`not ${name} …\``);
    return takeOperator(cursor, name, fact);
  }
  const found = exactly(cursor);
  if (found !== undefined) return found;
  const token = cursor.peek();
  const meant = isNegated(cursor) ? '!=' : operatorMeant(token);
  if (meant !== undefined) takeMeant(cursor, meant);
  else if (fact !== undefined) cursor.fault(token, missingOperator(token, name, fact));
  return meant;
};

const isNegated = (cursor: Cursor): boolean => cursor.isWord('is') && cursor.peek(1).text === 'not';

const takeMeant = (cursor: Cursor, meant: Operator): void => {
  const first = cursor.take();
  if (first.text === 'is') cursor.takesWord('not');
  cursor.takesWord('than');
  const written = first === cursor.last ? first.text : `${first.text} ${cursor.last.text}`;
  cursor.fault({ from: first.from, to: cursor.last.to }, `no comparison \`${written}\`; did you mean \`${meant}\`?`);
};

const missingOperator = (token: Token, name: string, fact: Fact): string =>
  `expected a comparison after \`${name}\` (${listed(operatorsFor(name, fact))}), got ${shown(token)}`;
