import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import type { Span } from '../../conditions/language/parsing/token.ts';
import type { Path, Source } from './source.ts';

const words: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  BAD_ALIAS: 'anchors (`&`) and references to them (`*`) are not used here',
  BAD_DQ_ESCAPE: 'no such escape in double quotes; single quotes take every character as it is',
  BAD_INDENT: 'this line is not indented like its neighbours',
  BAD_SCALAR_START: 'a text cannot begin with this character; put it in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a second `: ` on one line; put what follows the first in quotes',
  DUPLICATE_KEY: 'this key is there twice',
  MISSING_CHAR: 'a quote, bracket, colon or comma is missing here',
  MULTILINE_IMPLICIT_KEY: 'expected `key: value` on this line',
  MULTIPLE_DOCS: 'a file holds one definition; `---` is not used here',
  RESOURCE_EXHAUSTION: 'lists and keys nest too deeply here',
  TAB_AS_INDENT: 'indent with spaces, not with tabs',
};

/** The root of a YAML document; every scalar in it is text, as written. Syntax faults are noted in the source. */
export const readYaml = (source: Source): Readonly<{ root: Node | null; broken: boolean }> => {
  const document = parseDocument(source.text, {
    schema: 'failsafe',
    prettyErrors: false,
    logLevel: 'error',
    uniqueKeys: true,
  });
  const errors = [...document.errors, ...document.warnings];
  for (const error of errors) noteError(source, document, error);
  return { root: document.contents, broken: errors.some(({ code }) => code !== 'DUPLICATE_KEY') };
};

const noteError = (source: Source, document: Document, { code, pos, message }: YAMLError): void => {
  const quote = code === 'MISSING_CHAR' && message.includes('quote') ? openQuoteBefore(document, pos[0]) : undefined;
  if (quote === undefined)
    source.fault({ from: pos[0], to: pos[1] }, [], words[code] ?? `this is not YAML: ${message}`);
  else source.fault({ from: quote, to: quote + 1 }, [], 'this quote is never closed');
};

/** Where the last quoted text before a position begins. */
const openQuoteBefore = (document: Document, position: number): number | undefined => {
  let quote: number | undefined;
  visit(document, {
    Scalar: (_key, { type, range }) => {
      const isQuoted = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE';
      if (isQuoted && range && range[0] <= position) quote = range[0];
    },
  });
  return quote;
};

/** The stretch of the source a node takes. */
export const spanOf = (node: unknown): Span => {
  const range = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range : undefined;
  return { from: range?.[0] ?? 0, to: range?.[1] ?? 0 };
};

/** What a node is, in words. */
export const kindOf = (node: unknown): string => {
  if (isMap(node)) return 'keys';
  if (isSeq(node)) return 'a list';
  if (isAlias(node)) return 'a reference';
  return isScalar(node) && textOf(node) !== '' ? 'a text' : 'nothing';
};

/** The text of a scalar; empty for an empty one, `undefined` for anything else. */
export const textOf = (node: unknown): string | undefined => {
  if (!isScalar(node)) return node === null ? '' : undefined;
  return typeof node.value === 'string' ? node.value : '';
};

export type Entry = Readonly<{ key: string; keySpan: Span; value: unknown }>;

/** The entries of a map, in order. A key that is no text is found fault with. */
export const entriesOf = (map: YAMLMap, source: Source, path: Path): readonly Entry[] =>
  map.items.flatMap(({ key, value }: Pair) => {
    const text = textOf(key);
    if (text !== undefined) return [{ key: text, keySpan: spanOf(key), value }];
    source.fault(spanOf(key), path, 'expected a word as key');
    return [];
  });
