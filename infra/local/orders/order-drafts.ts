import type { Columns, Field } from './columns.ts';
import type { CsvRow } from './csv-rows.ts';
import { millionthsOf } from './decimal-text.ts';

/** An article of an order. What the money of a row is in minor units is decided once the whole file has been seen. */
export type DraftLine = Readonly<{
  sku: string;
  name: string;
  quantity: number;
  /** Quantity x price; `undefined` when a number in it cannot be read. */
  millionths: number | undefined;
}>;

type Cells = Readonly<Partial<Record<Field, string>>>;

/** The rows of one order id; what is the order's own still as text. */
export type OrderDraft = Readonly<{
  orderId: string;
  line: number;
  /** First non-empty cell of each field over the order's rows. */
  cells: Cells;
  lines: readonly DraftLine[];
  /** Of each row that gives one. */
  totals: readonly string[];
  /** Quantity and price of the first row that cannot be read. */
  unreadable?: string;
}>;

type Told = Readonly<{ field: Field; index: number }>;
type Growing = {
  orderId: string;
  line: number;
  cells: Partial<Record<Field, string>>;
  /** Not told by any row so far. */
  untold: readonly Told[];
  lines: DraftLine[];
  totals: string[];
  unreadable?: string;
};

const ofOrder: readonly Field[] = [
  'customer_id',
  'placed_at',
  'currency',
  'status',
  'refunded',
  'email',
  'country',
  'cancelled_at',
];

/** Collects rows by order id, wherever in the file they stand. */
export const draftCollector = ({ at }: Columns, names: 'kept' | 'left-out') => {
  const drafts = new Map<string, Growing>();
  const problems: string[] = [];
  const readLine = lineReader(names);
  let rows = 0;
  let last: Growing | undefined;
  const told = ofOrder.flatMap((field) => {
    const index = at[field];
    return index === undefined ? [] : [{ field, index }];
  });
  const draftOf = (row: CsvRow, orderId: string): Growing => {
    const known = last?.orderId === orderId ? last : drafts.get(orderId);
    if (known !== undefined) return known;
    const fresh = { orderId, line: row.line, cells: {}, untold: told, lines: [], totals: [] };
    drafts.set(orderId, fresh);
    return fresh;
  };
  return {
    add: (row: CsvRow): void => {
      rows += 1;
      const orderId = cellAt(row, at.order_id);
      if (orderId === '') {
        problems.push(`line ${row.line}: 'order_id' must not be empty`);
        return;
      }
      last = draftOf(row, orderId);
      if (last.untold.length > 0) tell(last, row);
      const [quantity, price, total] = [cellAt(row, at.quantity), cellAt(row, at.price), cellAt(row, at.total)];
      const line = readLine(cellAt(row, at.sku), cellAt(row, at.name), quantity, price);
      if (line.millionths === undefined) last.unreadable ??= `${quantity} x ${price}`;
      last.lines.push(line);
      if (total !== '') last.totals.push(total);
    },
    finish: (): Readonly<{ drafts: readonly OrderDraft[]; rows: number; problems: readonly string[] }> => ({
      drafts: [...drafts.values()],
      rows,
      problems,
    }),
  };
};

const tell = (draft: Growing, row: CsvRow): void => {
  draft.untold = draft.untold.filter(({ field, index }) => {
    const value = cellAt(row, index);
    if (value !== '') draft.cells[field] = value;
    return value === '';
  });
};

/** Articles and prices come again and again: one text for each, and one reading. */
const lineReader = (names: 'kept' | 'left-out') => {
  const skus = new Map<string, string>();
  const prices = new Map<string, number | undefined>();
  const skuOf = (text: string): string => {
    const known = skus.get(text);
    if (known === undefined) skus.set(text, text);
    return known ?? text;
  };
  const eachOf = (price: string): number | undefined => {
    if (price === '') return 0;
    const known = prices.get(price);
    if (known !== undefined) return known;
    const each = millionthsOf(price);
    prices.set(price, each);
    return each;
  };
  return (sku: string, name: string, quantity: string, price: string): DraftLine => {
    const pieces = quantity === '' ? 1 : Number(quantity);
    const each = eachOf(price);
    const readable = each !== undefined && Number.isFinite(pieces);
    return {
      sku: skuOf(sku),
      name: names === 'left-out' && sku !== '' ? '' : name,
      quantity: pieces,
      millionths: readable ? Math.round(pieces * each) : undefined,
    };
  };
};

/** Blanks around are taken off; hardly any cell has some, and to look is cheaper than to ask. */
const cellAt = ({ cells }: CsvRow, index: number | undefined): string => {
  const cell = index === undefined ? '' : (cells[index] ?? '');
  return isInk(cell.charCodeAt(0)) && isInk(cell.charCodeAt(cell.length - 1)) ? cell : cell.trim();
};

const isInk = (code: number): boolean => code > 0x20 && code < 0x7f;
