import { parseDuration } from '../../duration.ts';

/** A stretch of a text: from a position up to, not including, another; in UTF-16 units. */
export type Span = Readonly<{ from: number; to: number }>;

export type TokenKind =
  | 'word'
  | 'number'
  | 'percent'
  | 'duration'
  | 'date'
  | 'quoted'
  | 'sign'
  | 'open'
  | 'close'
  | 'open-list'
  | 'close-list'
  | 'comma'
  | 'unclosed-quote'
  | 'strange'
  | 'end';

/** A word of the language with its place. `text` is as written; of a quoted text, what stands between the quotes. */
export type Token = Span & Readonly<{ kind: TokenKind; text: string }>;

/** A token as a message names it: short, in backquotes. */
export const shown = ({ kind, text }: Pick<Token, 'kind' | 'text'>): string => {
  if (kind === 'end') return 'nothing';
  const short = text.length > 40 ? `${text.slice(0, 39)}…` : text;
  return short === '' ? "`''`" : `\`${short.replaceAll('`', "'")}\``;
};

const number = /^-?\d(_?\d)*(\.\d+)?$/;
const date = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2}))?$/;

const kindOfRun = (text: string): TokenKind => {
  if (number.test(text)) return 'number';
  if (date.test(text)) return 'date';
  return parseDuration(text) === undefined ? 'word' : 'duration';
};

type Reader = Readonly<{ pattern: RegExp; read: (match: RegExpExecArray) => Pick<Token, 'kind' | 'text'> }>;

const single = (kind: TokenKind, pattern: RegExp): Reader => ({ pattern, read: ([text]) => ({ kind, text }) });

/** Tried in this order at each place; the full-width forms are what an East Asian keyboard gives. */
const readers: readonly Reader[] = [
  {
    pattern: /'((?:[^']|'')*)'|"((?:[^"]|"")*)"/y,
    read: ([, single, double = '']) => ({
      kind: 'quoted',
      text: single === undefined ? double.replaceAll('""', '"') : single.replaceAll("''", "'"),
    }),
  },
  {
    pattern: /-?\d(?:_?\d)*(?:\.\d+)?\s?[%％]/y,
    read: ([text]) => ({ kind: 'percent', text: text.replace(/\s|％/g, '') }),
  },
  {
    pattern: /-?[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.\-/:@+&]*/uy,
    read: ([text]) => ({ kind: kindOfRun(text), text }),
  },
  single('sign', /[=!<>]+|[≥≤≠＝＞＜]|&&|\|\||~/y),
  single('open', /[(（]/y),
  single('close', /[)）]/y),
  single('open-list', /\[/y),
  single('close-list', /\]/y),
  single('comma', /[,，]/y),
  single('unclosed-quote', /['"][\s\S]*/y),
  single('strange', /[\s\S]/uy),
];

/** The words of a text, the last of kind `end`. Every character but white space belongs to one; nothing is refused here. */
export const tokensOf = (text: string): readonly Token[] => {
  const tokens: Token[] = [];
  for (let from = afterSpace(text, 0); from < text.length; from = afterSpace(text, tokens.at(-1)?.to ?? text.length))
    tokens.push(tokenAt(text, from));
  return [...tokens, { kind: 'end', text: '', from: text.length, to: text.length }];
};

const afterSpace = (text: string, from: number): number => {
  const space = /\s*/y;
  space.lastIndex = from;
  return from + (space.exec(text)?.[0].length ?? 0);
};

const tokenAt = (text: string, from: number): Token => {
  for (const { pattern, read } of readers) {
    pattern.lastIndex = from;
    const match = pattern.exec(text);
    if (match !== null) return { ...read(match), from, to: from + match[0].length };
  }
  return { kind: 'strange', text: text.charAt(from), from, to: from + 1 };
};
