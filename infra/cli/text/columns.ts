import { stripVTControlCharacters } from 'node:util';

const segmenter = new Intl.Segmenter();

/** Cells a text takes on a terminal, near enough: graphemes without colour codes. */
const widthOf = (text: string): number => [...segmenter.segment(stripVTControlCharacters(text))].length;

/** Rows with their columns aligned, two spaces between; the last column is left as it is. */
export const columns = (rows: readonly (readonly string[])[], indent = '  '): readonly string[] => {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, n) => {
      widths[n] = Math.max(widths[n] ?? 0, widthOf(cell));
    });
  return rows.map((row) => {
    const cells = row.map((cell, n) =>
      n === row.length - 1 ? cell : cell + ' '.repeat((widths[n] ?? 0) - widthOf(cell)),
    );
    return `${indent}${cells.join('  ')}`.trimEnd();
  });
};
