import type { Fact, FactType } from '../../../facts/fact.ts';
import type { Leaf, Scalar } from '../../condition.ts';
import { parseDuration } from '../../duration.ts';
import { maxListed, topShares } from '../condition-limits.ts';
import { decimalOf, decimalText } from '../decimal.ts';
import { keywords } from '../keywords.ts';
import type { Operator } from '../operator.ts';
import { durationForm, impossible, impossibleDuration, readValue, valueForms } from '../value-rules.ts';
import type { Cursor } from './cursor.ts';
import { connectiveMeant } from './take-operator.ts';
import { shown, type Token } from './token.ts';

/** What a comparison is about; without a fact, where its name is unknown, any value will do. */
type Asked = Readonly<{ name: string; fact: Fact | undefined; operator: Operator }>;
/** What a value must look like, how it is read, and what rule it may break. */
type Wanted = Readonly<{
  type: FactType | 'duration';
  form: string;
  read: (token: Token) => Scalar | undefined;
  broken: (value: Scalar) => string | undefined;
}>;

/** Takes what a fact is compared with. `undefined` = a fault was found. */
export const takeValue = (cursor: Cursor, asked: Asked): Pick<Leaf, 'value'> | undefined => {
  const { operator } = asked;
  if (operator === 'exists') return {};
  if (operator === 'missing') return { value: false };
  if (operator === 'in top') return takeTopShare(cursor);
  if (operator === 'in') return takeList(cursor, asked);
  const value = takeScalar(cursor, asked, wantedBy(asked));
  return value === undefined ? undefined : { value };
};

const wantedBy = ({ fact, operator }: Asked): Wanted => {
  if (operator === 'within' || operator === 'older than')
    return {
      type: 'duration',
      form: durationForm,
      read: ({ kind, text }) => (kind === 'duration' ? text : undefined),
      broken: (value) => impossibleDuration(String(value)),
    };
  const type = fact?.type ?? 'any';
  return {
    type,
    form: valueForms[type].written,
    read: (token) => readValue(type, token),
    broken: (value) => (fact === undefined ? undefined : impossible(fact, value)),
  };
};

const valueKinds: readonly Token['kind'][] = ['number', 'percent', 'duration', 'date', 'quoted', 'word'];
const isValue = ({ kind, text }: Token): boolean =>
  valueKinds.includes(kind) && !(kind === 'word' && keywords.includes(text));

const takeScalar = (cursor: Cursor, asked: Asked, wanted: Wanted): Scalar | undefined => {
  skipCurrencySign(cursor);
  if (cursor.peek().kind === 'unclosed-quote') return unclosed(cursor);
  if (!isValue(cursor.peek())) {
    const { kind } = cursor.peek();
    const got = kind === 'end' ? '' : `, got ${shown(cursor.peek())}`;
    const form = asked.fact === undefined ? 'a value' : wanted.form;
    cursor.fault(kind === 'end' ? cursor.last : cursor.peek(), `expected ${form}, after \`${asked.operator}\`${got}`);
    return undefined;
  }
  const spelt = takeSpeltOut(cursor, wanted);
  if (spelt !== undefined) return spelt;
  const token = cursor.take();
  const value = wanted.read(token);
  if (value === undefined) cursor.fault(token, mismatch(asked, wanted, token));
  else checked(cursor, asked, token, wanted.broken(value));
  takeFurtherWords(cursor, asked, wanted, token);
  takeThousands(cursor, asked, token);
  return value;
};

const unclosed = (cursor: Cursor): undefined => {
  cursor.fault(cursor.take(), 'this quote is never closed');
};

const checked = (cursor: Cursor, { name, operator }: Asked, token: Token, rule: string | undefined): void => {
  if (rule !== undefined) cursor.fault(token, `what follows \`${name} ${operator}\` ${rule}, got ${shown(token)}`);
};

const skipCurrencySign = (cursor: Cursor): void => {
  const number = cursor.peek(1);
  if (/^\p{Sc}$/u.test(cursor.peek().text) && number.kind === 'number')
    cursor.fault(cursor.take(), `amounts are plain numbers in the store's currency: \`${number.text}\``);
};

const dayUnits: Readonly<Record<string, number>> = { day: 1, month: 30, mo: 30, year: 365, yr: 365, y: 365 };
const shortUnits: Readonly<Record<string, string>> = { minute: 'm', min: 'm', hour: 'h', hr: 'h', week: 'w', wk: 'w' };

/** `30 days`, `3 months`, `30days`: how it is written here. */
const durationMeant = (text: string): string | undefined => {
  const [, amount = '', word = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(text) ?? [];
  const unit = word.toLowerCase().replace(/(?<=..)s$/, '');
  const inDays = dayUnits[unit];
  if (inDays !== undefined) return `${decimalText(decimalOf(amount) * inDays)}d`;
  const short = shortUnits[unit] ?? (/^[mhdw]$/.test(unit) ? unit : undefined);
  return short === undefined ? undefined : `${amount}${short}`;
};

const takesDuration = ({ type }: Wanted): boolean => type === 'duration' || type === 'days';

/** A length of time in words: found fault with, and read as what it means. */
const takeSpeltOut = (cursor: Cursor, wanted: Wanted): string | undefined => {
  const [number, unit] = [cursor.peek(), cursor.peek(1)];
  if (!takesDuration(wanted) || number.kind !== 'number' || unit.kind !== 'word') return undefined;
  const meant = durationMeant(`${number.text} ${unit.text}`);
  if (meant === undefined) return undefined;
  cursor.fault({ from: cursor.take().from, to: cursor.take().to }, `write this length of time as \`${meant}\``);
  return meant;
};

/** `1,000`: found fault with, except in a list, where it is two numbers. */
const takeThousands = (cursor: Cursor, { operator }: Asked, first: Token): void => {
  const [comma, rest] = [cursor.peek(), cursor.peek(1)];
  const isGrouped = comma.kind === 'comma' && comma.from === first.to && rest.from === comma.to;
  if (operator === 'in' || first.kind !== 'number' || !isGrouped || rest.kind !== 'number') return;
  cursor.take();
  const { to } = cursor.take();
  cursor.fault(
    { from: first.from, to },
    `numbers have no commas: \`1_000\` and \`2.5\`, got \`${first.text},${rest.text}\``,
  );
};

/** Words that follow a word: a text that should have been in quotes. */
const takeFurtherWords = (cursor: Cursor, { operator }: Asked, { type }: Wanted, first: Token): void => {
  const isText = type === 'text' || type === 'list' || type === 'any';
  if (!isText || first.kind !== 'word' || !isStrayWord(cursor.peek())) return;
  const texts = [first.text];
  while (isStrayWord(cursor.peek())) texts.push(cursor.take().text);
  const rule = operator === 'in' ? 'a list has commas between its values, and several words' : 'several words';
  cursor.fault({ from: first.from, to: cursor.last.to }, `${rule} stand in quotes: \`'${texts.join(' ')}'\``);
};

const isStrayWord = (token: Token): boolean =>
  token.kind === 'word' && isValue(token) && connectiveMeant(token) === undefined;

const mismatch = ({ name, operator }: Asked, wanted: Wanted, token: Token): string => {
  const hint = valueMeant(operator, wanted, token);
  const got = `got ${shown(token)}${hint === undefined ? '' : `; did you mean \`${hint}\`?`}`;
  return wanted.type === 'duration'
    ? `\`${name} ${operator}\` takes ${wanted.form}, ${got}`
    : `\`${name}\` is compared with ${wanted.form}, ${got}`;
};

const yes: Readonly<Record<string, string>> = {
  yes: 'true',
  on: 'true',
  '1': 'true',
  no: 'false',
  off: 'false',
  '0': 'false',
};

/** What a value of the wrong kind was probably meant to be. */
const valueMeant = (operator: Operator, wanted: Wanted, { kind, text }: Token): string | undefined => {
  if (wanted.type === 'flag') return yes[text.toLowerCase()];
  if (wanted.type === 'share' && kind === 'number') return percentMeant(decimalOf(text));
  if (wanted.type === 'instant' && kind === 'duration')
    return `${operator.startsWith('>') ? 'within' : 'older than'} ${text}`;
  return takesDuration(wanted) && parseDuration(text) === undefined ? durationMeant(text) : undefined;
};

const percentMeant = (value: number): string | undefined => {
  if (value > 0 && value < 1) return `${decimalText(value, 2)}%`;
  return value >= 1 && value <= 100 ? `${decimalText(value)}%` : undefined;
};

const takeList = (cursor: Cursor, asked: Asked): Pick<Leaf, 'value'> | undefined => {
  const open = cursor.peek();
  if (open.kind === 'open') cursor.mend({ kind: 'open-list', text: '[' }, 'a list stands in square brackets: `[a, b]`');
  else if (open.kind !== 'open-list') {
    cursor.fault(open.kind === 'end' ? cursor.last : open, 'expected a list after `in`, such as `[a, b]`');
    cursor.skip();
    return undefined;
  }
  cursor.take();
  const values = takeItems(cursor, asked);
  const span = { from: open.from, to: cursor.last.to };
  if (values.length === 0) cursor.fault(span, 'a list names one value or more');
  if (values.length > maxListed) cursor.fault(span, `a list names at most ${maxListed} values, got ${values.length}`);
  return { value: values };
};

const closes = ({ kind }: Token): boolean => kind === 'close-list' || kind === 'close';

const takeItems = (cursor: Cursor, asked: Asked): readonly Scalar[] => {
  const values: Scalar[] = [];
  while (!closes(cursor.peek())) {
    const before = cursor.peek();
    if (before.kind === 'end') {
      cursor.fault(cursor.last, 'this list is never closed: expected `]`');
      return values;
    }
    const value = takeScalar(cursor, asked, wantedBy(asked));
    if (value !== undefined) values.push(value);
    else if (cursor.peek() === before && before.kind !== 'comma') cursor.take();
    takeComma(cursor, value !== undefined);
  }
  cursor.take();
  return values;
};

const takeComma = (cursor: Cursor, isNeeded: boolean): void => {
  if (cursor.peek().kind === 'comma') cursor.take();
  else if (isNeeded && isValue(cursor.peek()))
    cursor.fault(cursor.peek(), `a comma is missing before ${shown(cursor.peek())}`);
};

const percents = topShares.map((share) => `\`${decimalText(share, 2)}%\``).join(', ');

const takeTopShare = (cursor: Cursor): Pick<Leaf, 'value'> | undefined => {
  const token = cursor.peek();
  const top = token.kind === 'percent' ? decimalOf(token.text.slice(0, -1), -2) : undefined;
  if (top === undefined || !topShares.includes(top)) {
    cursor.fault(
      token.kind === 'end' ? cursor.last : token,
      `\`in top\` takes one of ${percents}, got ${shown(token)}`,
    );
    if (token.kind === 'percent' || token.kind === 'number') cursor.take();
  } else cursor.take();
  return takesRepeatCustomers(cursor) && top !== undefined ? { value: { top, of: 'repeat' } } : undefined;
};

const takesRepeatCustomers = (cursor: Cursor): boolean => {
  if (cursor.takesWord('of') && cursor.takesWord('repeat') && cursor.takesWord('customers')) return true;
  const { kind } = cursor.peek();
  cursor.fault(
    kind === 'end' ? cursor.last : cursor.peek(),
    'a top share is of repeat customers: write `in top 25% of repeat customers`',
  );
  cursor.skip();
  return false;
};
