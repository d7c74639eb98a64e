/** One thing wrong with a definition file. Lines and columns count from 1, columns and lengths in UTF-16 units. */
export type DefinitionFault = Readonly<{
  file: string;
  line: number;
  column: number;
  /** At least 1, within the line. */
  length: number;
  /** Where in the definition, such as `$.stages[1].lost`. */
  path: string;
  message: string;
  /** The line of the file. */
  excerpt: string;
}>;

const longest = 100;

/** Characters that take two columns of a terminal. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/gu;
const widthOf = (text: string): number => [...text].length + (text.match(wide)?.length ?? 0);

/** The part of a line around a fault: from where, and up to where. */
const windowOf = ({ excerpt, column, length }: DefinitionFault): readonly [from: number, to: number] => {
  const indent = excerpt.length - excerpt.trimStart().length;
  const end = excerpt.trimEnd().length;
  if (end - indent <= longest) return [Math.min(indent, column - 1), end];
  const from = Math.max(indent, column - 1 - 30);
  return [from, Math.min(end, Math.max(from + longest, column - 1 + length))];
};

/**
 * A fault as it is printed: place, line and what is wrong, and below it a caret under each character it is about.
 *
 * @example lifecycle.yaml:4:11  - repeat: order >= 2   no fact `order`; did you mean `orders`?
 */
export const faultText = (fault: DefinitionFault): string => {
  const { file, line, column, length, excerpt, message } = fault;
  const [from, to] = windowOf(fault);
  const place = `${file}:${line}:${column}  `;
  const before = excerpt.slice(from, column - 1).replaceAll('\t', ' ');
  const marked = excerpt.slice(column - 1, column - 1 + length);
  const carets = '^'.repeat(Math.max(1, widthOf(marked)));
  const shownLine = excerpt.slice(from, to).replaceAll('\t', ' ');
  return `${place}${shownLine}   ${message}\n${' '.repeat(place.length + widthOf(before))}${carets}`;
};
