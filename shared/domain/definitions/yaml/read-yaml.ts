import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
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
  TAB_AS_INDENT: 'indent with spaces, not with tabs',
};

/** The root of a YAML document; every scalar in it is text, as written. Syntax faults are noted in the source. */
export const readYaml = (source: Source): Readonly<{ root: Node | null; broken: boolean }> => {
  const document = parseDocument(source.text, {
    schema: 'failsafe',
    prettyErrors: false,
    logLevel: 'silent',
    uniqueKeys: true,
  });
  const errors = [...document.errors, ...document.warnings];
  for (const { code, pos, message } of errors)
    source.fault({ from: pos[0], to: pos[1] }, [], words[code] ?? `this is not YAML: ${message}`);
  return { root: document.contents, broken: errors.some(({ code }) => code !== 'DUPLICATE_KEY') };
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
