/** A record of a file and the line it starts on (1 = the first). */
export type CsvRow = Readonly<{ line: number; cells: readonly string[] }>;

/** The file is not RFC 4180. */
export class CsvFault extends Error {
  override readonly name = 'CsvFault';
}

/** The separator of a header line: the most frequent of comma, semicolon and tab outside quotes. */
export const separatorOf = (header: string): string => {
  const bare = header.replace(/"[^"]*"/g, '');
  const count = (separator: string): number => bare.split(separator).length;
  return [',', ';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best));
};

type State = { cells: string[]; cell: string; quoted: boolean; afterQuote: boolean; startLine: number; line: number };

const freshState = (): State => ({ cells: [], cell: '', quoted: false, afterQuote: false, startLine: 1, line: 1 });

const endCell = (state: State): void => {
  state.cells.push(state.cell);
  state.cell = '';
  state.afterQuote = false;
};

const endRow = (state: State): CsvRow | undefined => {
  endCell(state);
  const row = { line: state.startLine, cells: state.cells };
  state.cells = [];
  state.startLine = state.line;
  return row.cells.length === 1 && row.cells[0] === '' ? undefined : row;
};

const inQuotes = (state: State, char: string): void => {
  if (char === '"') {
    state.quoted = false;
    state.afterQuote = true;
    return;
  }
  if (char === '\n') state.line += 1;
  state.cell += char;
};

const refuseStray = (state: State, char: string): void => {
  if (state.afterQuote && char !== '\r') {
    throw new CsvFault(
      `cannot read CSV: 'line ${state.line}' must have nothing between a closing quote and the separator, got ${JSON.stringify(char)}`,
    );
  }
};

/** Text inside a cell up to the next character that means something. */
const plainRun = (text: string, from: number, separator: string): number => {
  let at = from;
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r' && text[at] !== '"')
    at += 1;
  return at;
};

/**
 * Reads RFC 4180: quoted cells may hold separators, line ends and doubled quotes; CRLF or LF; a byte order mark is
 * skipped; empty lines are skipped. Works on any cut of the text into chunks and keeps only the record at hand.
 *
 * @returns The records of each chunk together: waiting for each one alone would cost more than reading it.
 */
export async function* csvRows(chunks: AsyncIterable<string>, separator = ','): AsyncGenerator<readonly CsvRow[]> {
  const state = freshState();
  let first = true;
  for await (const chunk of chunks) {
    const text = first ? chunk.replace(/^\uFEFF/, '') : chunk;
    if (text !== '') first = false;
    yield rowsOf(state, text, separator);
  }
  if (state.quoted)
    throw new CsvFault(`cannot read CSV: 'line ${state.startLine}' must close its quotes, got the end of the file`);
  if (state.cell !== '' || state.cells.length > 0 || state.afterQuote) {
    const last = endRow(state);
    if (last !== undefined) yield [last];
  }
}

const rowsOf = (state: State, text: string, separator: string): readonly CsvRow[] => {
  const rows: CsvRow[] = [];
  let quoteAt = nextOf(text, '"', 0);
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf('\n', at);
    if (quoteAt < at) quoteAt = nextOf(text, '"', at);
    if (end >= 0 && end < quoteAt && isBetweenRows(state) && plainRow(state, text, at, end, separator, rows))
      at = end + 1;
    else at = readRecord(state, text, at, separator, rows);
  }
  return rows;
};

const nextOf = (text: string, char: string, from: number): number => {
  const at = text.indexOf(char, from);
  return at < 0 ? text.length : at;
};

const isBetweenRows = ({ cells, cell, quoted, afterQuote }: State): boolean =>
  cells.length === 0 && cell === '' && !quoted && !afterQuote;

/** A whole line without quotes needs no looking at each character. `false` where a carriage return stands within it. */
const plainRow = (state: State, text: string, at: number, end: number, separator: string, rows: CsvRow[]): boolean => {
  const last = text[end - 1] === '\r' && end > at ? end - 1 : end;
  const line = text.slice(at, last);
  if (line.includes('\r')) return false;
  if (line !== '') rows.push({ line: state.line, cells: line.split(separator) });
  state.line += 1;
  state.startLine = state.line;
  return true;
};

/** Reads on, character by character, up to the end of the record or of the text; returns where it stopped. */
const readRecord = (state: State, text: string, from: number, separator: string, rows: CsvRow[]): number => {
  let at = from;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (state.quoted) inQuotes(state, char);
    else if (char === '"' && state.afterQuote) reopen(state);
    else if (char === '"' && state.cell === '') state.quoted = true;
    else if (char === separator) endCell(state);
    else if (char === '\n') {
      state.line += 1;
      const row = endRow(state);
      if (row !== undefined) rows.push(row);
      return at + 1;
    } else if (char !== '\r') {
      refuseStray(state, char);
      const end = Math.max(plainRun(text, at, separator), at + 1);
      state.cell += text.slice(at, end);
      at = end - 1;
    }
    at += 1;
  }
  return at;
};

/** A doubled quote: the cell goes on, with one quote in it. */
const reopen = (state: State): void => {
  state.cell += '"';
  state.quoted = true;
  state.afterQuote = false;
};
