import { didYouMean } from '../../did-you-mean.ts';
import type { Fact } from '../../facts/fact.ts';
import { factNamed } from '../../facts/fact-catalogue.ts';
import type { Condition, Leaf } from '../condition.ts';
import { limitFault, maxDepth } from './condition-limits.ts';
import { unknownFact } from './fact-meant.ts';
import { otherwise } from './keywords.ts';
import { operatorFault, opOf } from './operator.ts';
import { Cursor, type TextFault } from './parsing/cursor.ts';
import { connectiveMeant, endsHere, takeOperator } from './parsing/take-operator.ts';
import { takeValue } from './parsing/take-value.ts';
import { type Span, shown, type Token } from './parsing/token.ts';

/** A condition with the place of each of its parts, or everything that is wrong with the text. */
export type ParsedCondition =
  | Readonly<{ type: 'condition'; condition: Condition; spans: ReadonlyMap<Condition, Span> }>
  | Readonly<{ type: 'faults'; faults: readonly TextFault[] }>;

/** Far more than 200 comparisons need. */
const maxLength = 16_384;
/** Beyond so many nobody reads on. */
const maxFaults = 100;

/**
 * Reads a condition written as a sentence: `orders >= 2 and silence > 75%`.
 *
 * `or` binds loosest, then `and`, then `not`. Every fault is found in one go; one slip gives one fault.
 *
 * @returns `spans` are positions in `text`, in UTF-16 units; a comparison's begins with its fact.
 * @see docs/adr/0073-conditions-as-sentences.md
 */
export const parseCondition = (text: string): ParsedCondition => {
  if (text.length > maxLength) return faulty([wholeOf(text, `a condition has at most ${maxLength} characters`)]);
  const cursor = new Cursor(text);
  const condition = takeAll(cursor);
  if (condition === undefined || cursor.faults.length > 0) return faulty(cursor.faults);
  const limit = limitFault(condition);
  return limit === undefined ? { type: 'condition', condition, spans: cursor.spans } : faulty([wholeOf(text, limit)]);
};

const wholeOf = (text: string, message: string): TextFault => ({ from: 0, to: text.length, message });
const faulty = (faults: readonly TextFault[]): ParsedCondition => ({
  type: 'faults',
  faults: faults.toSorted((a, b) => a.from - b.from),
});

const takeAll = (cursor: Cursor): Condition | undefined => {
  const condition = takeAny(cursor, 0);
  while (cursor.peek().kind !== 'end') {
    if (cursor.takesWord('and', 'or')) takeAny(cursor, 0);
    else cursor.fault(cursor.take(), 'this `)` closes nothing');
    mendConnective(cursor);
  }
  return condition;
};

type Part = (cursor: Cursor, depth: number) => Condition | undefined;

const series = (cursor: Cursor, depth: number, word: 'and' | 'or', part: Part): Condition | undefined => {
  const { from } = cursor.peek();
  const parts = [part(cursor, depth)];
  while (cursor.takesWord(word)) parts.push(part(cursor, depth));
  const [first] = parts;
  if (parts.length === 1) return first;
  const sound = parts.flatMap((one) => (one === undefined ? [] : [one]));
  return cursor.placed(word === 'and' ? { all: sound } : { any: sound }, from);
};

const takeAny: Part = (cursor, depth) => series(cursor, depth, 'or', takeEvery);
const takeEvery: Part = (cursor, depth) => series(cursor, depth, 'and', takePart);

const takePart: Part = (cursor, depth) => {
  const condition = takeTerm(cursor, depth);
  mendConnective(cursor);
  return condition;
};

const takeTerm: Part = (cursor, depth) => {
  if (depth > maxDepth) return tooDeep(cursor);
  if (cursor.faults.length >= maxFaults) {
    cursor.giveUp();
    return undefined;
  }
  mendNot(cursor);
  const first = cursor.peek();
  if (cursor.takesWord('not')) {
    const negated = takeTerm(cursor, depth + 1);
    return negated === undefined ? undefined : cursor.placed({ not: negated }, first.from);
  }
  return first.kind === 'open' ? takeGroup(cursor, depth) : takeLeaf(cursor);
};

const tooDeep = (cursor: Cursor): undefined => {
  const { from } = cursor.peek();
  cursor.giveUp();
  cursor.fault({ from, to: cursor.last.to }, `brackets and \`not\` nest at most ${maxDepth} deep`);
};

const mendNot = (cursor: Cursor): void => {
  const { kind, text } = cursor.peek();
  if (text === '!' || (kind === 'word' && text !== 'not' && text.toLowerCase() === 'not'))
    cursor.mend({ kind: 'word', text: 'not' }, `write \`not\` instead of \`${text}\``);
};

const takeGroup = (cursor: Cursor, depth: number): Condition | undefined => {
  const open = cursor.take();
  const inner = takeAny(cursor, depth + 1);
  if (cursor.peek().kind === 'close') cursor.take();
  else if (!cursor.gaveUp) cursor.fault(open, 'this `(` is never closed');
  return inner === undefined ? undefined : cursor.placed(inner, open.from);
};

/** After a part comes `and`, `or`, a closing bracket or the end. Anything else is found fault with, and read as what was meant. */
const mendConnective = (cursor: Cursor): void => {
  const token = cursor.peek();
  if (token.kind === 'end' || token.kind === 'close' || cursor.isWord('and', 'or')) return;
  const meant = connectiveMeant(token);
  if (meant !== undefined)
    cursor.mend({ kind: 'word', text: meant }, `expected \`and\` or \`or\`, got ${shown(token)}`);
  else if (beginsPart(cursor)) {
    cursor.fault(token, `\`and\` or \`or\` is missing before ${shown(token)}`);
    cursor.insert('and');
  } else passOver(cursor, token);
};

const passOver = (cursor: Cursor, token: Token): void => {
  cursor.skip();
  cursor.fault({ from: token.from, to: cursor.last.to }, `expected \`and\`, \`or\` or the end, got ${shown(token)}`);
};

const beginsPart = (cursor: Cursor): boolean => {
  const { kind, text } = cursor.peek();
  return kind === 'open' || text === '!' || cursor.isWord('not') || (kind === 'word' && factNamed(text) !== undefined);
};

const takeLeaf = (cursor: Cursor): Condition | undefined => {
  const token = cursor.peek();
  if (cursor.takesWord('and', 'or')) {
    cursor.fault(token, `nothing stands before this \`${token.text}\``);
    return takeLeaf(cursor);
  }
  if (token.kind !== 'word') return noFact(cursor, token);
  cursor.take();
  const leaf = token.text === otherwise ? misplacedOtherwise(cursor, token) : comparison(cursor, token);
  return leaf === undefined ? undefined : cursor.placed(leaf, token.from);
};

const noFact = (cursor: Cursor, token: Token): undefined => {
  if (token.kind === 'end' || token.kind === 'close') {
    const before = cursor.last;
    const empty = before.kind === 'end' || before.kind === 'open';
    cursor.fault(
      token.kind === 'end' ? before : token,
      empty ? 'expected a condition, such as `orders >= 2`' : `nothing follows \`${before.text}\``,
    );
    return;
  }
  cursor.fault(token, `expected a fact first, such as in \`orders >= 2\`, got ${shown(token)}`);
  cursor.take();
  cursor.skip();
};

const misplacedOtherwise = (cursor: Cursor, token: Token): undefined => {
  cursor.fault(token, '`otherwise` stands alone: it is the rule of the last stage');
  cursor.skip();
};

const comparison = (cursor: Cursor, name: Token): Leaf | undefined => {
  const fact = factNamed(name.text);
  if (fact === undefined) cursor.fault(name, unknownFact(name.text));
  if (endsHere(cursor)) return bare(cursor, name, fact);
  const { from } = cursor.peek();
  const operator = takeOperator(cursor, name.text, fact);
  if (operator === undefined) {
    cursor.skip();
    return undefined;
  }
  const refused = fact === undefined ? undefined : operatorFault(name.text, fact, operator);
  if (refused !== undefined) cursor.fault({ from, to: cursor.last.to }, refused);
  const value = takeValue(cursor, { name: name.text, fact: refused === undefined ? fact : undefined, operator });
  return value === undefined ? undefined : { fact: name.text, op: opOf[operator], ...value };
};

/** A fact by itself: a flag that is up. */
const bare = (cursor: Cursor, name: Token, fact: Fact | undefined): Leaf | undefined => {
  if (fact === undefined || fact.type === 'flag' || fact.type === 'any')
    return { fact: name.text, op: 'eq', value: true };
  cursor.fault(name, `\`${name.text}\` is not compared with anything; for example \`${exampleOf(name.text, fact)}\``);
  return undefined;
};

const examples: Readonly<Partial<Record<Fact['type'], string>>> = {
  share: '> 75%',
  money: '>= 100',
  days: '> 30',
  score: '>= 4',
  instant: 'within 30d',
  text: 'exists',
  list: 'exists',
};
const exampleOf = (name: string, { type }: Fact): string => `${name} ${examples[type] ?? '>= 2'}`;

/** What stands for everybody else: `otherwise`. */
export const otherwiseMeant = (text: string): 'yes' | 'probably' | 'no' => {
  const word = text.trim();
  if (word === otherwise) return 'yes';
  if (['else', 'default', 'rest', 'others', '*'].includes(word.toLowerCase())) return 'probably';
  return word.length > 4 && didYouMean(word, [otherwise]) === otherwise ? 'probably' : 'no';
};
