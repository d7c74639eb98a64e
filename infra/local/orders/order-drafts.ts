import type { Columns, Field } from './columns.ts';
import type { CsvRow } from './csv-rows.ts';

/** A line as written; what it means is decided once the whole file has been seen. */
export type DraftLine = Readonly<{
  line: number;
  sku: string;
  name: string;
  quantity: string;
  price: string;
  total: string;
}>;

/** The rows of one order id, still text. */
export type OrderDraft = Readonly<{
  orderId: string;
  line: number;
  /** First non-empty cell of each field over the order's rows. */
  cells: ReadonlyMap<Field, string>;
  lines: readonly DraftLine[];
}>;

type Growing = { orderId: string; line: number; cells: Map<Field, string>; lines: DraftLine[] };

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
export const draftCollector = (columns: Columns) => {
  const drafts = new Map<string, Growing>();
  const problems: string[] = [];
  let rows = 0;
  const told = ofOrder.flatMap((field) => {
    const index = columns.at[field];
    return index === undefined ? [] : [{ field, index }];
  });
  const { order_id, sku, name, quantity, price, total } = columns.at;
  const draftOf = (row: CsvRow, orderId: string): Growing => {
    const known = drafts.get(orderId);
    if (known !== undefined) return known;
    const fresh = { orderId, line: row.line, cells: new Map(), lines: [] };
    drafts.set(orderId, fresh);
    return fresh;
  };
  return {
    add: (row: CsvRow): void => {
      rows += 1;
      const orderId = cellAt(row, order_id);
      if (orderId === '') {
        problems.push(`line ${row.line}: 'order_id' must not be empty`);
        return;
      }
      const draft = draftOf(row, orderId);
      for (const { field, index } of told) {
        if (draft.cells.has(field)) continue;
        const value = cellAt(row, index);
        if (value !== '') draft.cells.set(field, value);
      }
      draft.lines.push({
        line: row.line,
        sku: cellAt(row, sku),
        name: cellAt(row, name),
        quantity: cellAt(row, quantity),
        price: cellAt(row, price),
        total: cellAt(row, total),
      });
    },
    finish: (): Readonly<{ drafts: readonly OrderDraft[]; rows: number; problems: readonly string[] }> => ({
      drafts: [...drafts.values()],
      rows,
      problems,
    }),
  };
};

const cellAt = ({ cells }: CsvRow, index: number | undefined): string =>
  index === undefined ? '' : (cells[index] ?? '').trim();
