import type { Scalar } from 'yaml';
import type { Span } from '../../conditions/language/parsing/token.ts';

const isSpace = (char: string | undefined): boolean => char !== undefined && /\s/.test(char);

/** Where the text of a node begins in its source: behind the quote, or below the sign of a block. */
const beginningOf = (node: Scalar, source: string, from: number): number => {
  if (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') return from + 1;
  const isBlock = node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL';
  return isBlock ? source.indexOf('\n', from) + 1 : from;
};

/** The position in the source of each character of a node's text; `undefined` where escapes hide it. */
const placesOf = (node: Scalar, text: string, source: string, from: number): readonly number[] | undefined => {
  const places: number[] = [];
  let at = beginningOf(node, source, from);
  for (const char of text.split('')) {
    if (isSpace(char)) {
      places.push(at);
      while (isSpace(source[at])) at += 1;
      continue;
    }
    while (isSpace(source[at])) at += 1;
    if (node.type === 'QUOTE_DOUBLE' && source[at] === '\\') at += 1;
    if (source[at] !== char) return undefined;
    places.push(at);
    at += node.type === 'QUOTE_SINGLE' && char === "'" ? 2 : 1;
  }
  return places;
};

/**
 * Where a stretch of a text node stands in the source, whatever the style it is written in: plain, quoted, folded over lines.
 * Where that cannot be told, the whole node.
 */
export const spanInSource = (node: Scalar, text: string, source: string, { from, to }: Span): Span => {
  const [start, end] = node.range ?? [0, 0];
  const places = placesOf(node, text, source, start);
  if (places === undefined) return { from: start, to: end };
  const first = places[from] ?? (places.at(-1) ?? start) + 1;
  return { from: first, to: to > from ? (places[to - 1] ?? first) + 1 : first };
};
