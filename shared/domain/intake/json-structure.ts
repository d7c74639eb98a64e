const maxDepth = 100;

const quote = 0x22;
const backslash = 0x5c;

/** Index just past the string that opens at `start`; the end of the text when it never closes. */
const endOfString = (text: string, start: number): number => {
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    at += code === backslash ? 2 : 1;
  }
  return text.length;
};

const nameOf = (literal: string): string => {
  if (!literal.includes('\\')) return literal;
  try {
    return `"${String(JSON.parse(literal))}"`;
  } catch {
    return literal;
  }
};

/**
 * Looks for what a JSON parser lets pass or dies of: nesting deeper than 100, and two members of one name.
 *
 * It is no validator: text that is not JSON is left to the parser.
 *
 * @returns What the text must not hold, or `undefined`.
 */
export const faultyStructure = (text: string): string | undefined => {
  const colon = /[ \t\r\n]*:/y;
  // One set of names for each open object, `undefined` for an open array.
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '{' || char === '[') open.push(char === '{' ? new Set() : undefined);
    else if (char === '}' || char === ']') open.pop();
    else if (char === '"') {
      const end = endOfString(text, at);
      colon.lastIndex = end;
      const names = colon.test(text) ? open.at(-1) : undefined;
      const name = names && nameOf(text.slice(at, end));
      if (names && name !== undefined && names.has(name)) return 'must not hold two members of one name';
      if (names && name !== undefined) names.add(name);
      at = end - 1;
    }
    if (open.length > maxDepth) return `must not nest deeper than ${maxDepth}`;
  }
  return undefined;
};
