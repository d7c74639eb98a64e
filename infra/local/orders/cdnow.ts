import type { Columns } from './columns.ts';
import type { CsvRow } from './csv-rows.ts';

/** `master id, sample id, YYYYMMDD, CDs, dollars`, separated by blanks, without a header (Fader and Hardie). */
const pattern = /^\s*(\d+)\s+(\d+)\s+(\d{8})\s+(\d+)\s+(\d+(?:\.\d+)?)\s*$/;

export const looksLikeCdnow = (firstLine: string): boolean => pattern.test(firstLine);

export const cdnowColumns: Columns = {
  layout: 'CDNOW',
  currency: 'USD',
  at: { customer_id: 0, order_id: 1, placed_at: 2, total: 3 },
};

/** The file has no order ids: each row is an order, named by customer, day and row. */
export async function* cdnowRows(chunks: AsyncIterable<string>): AsyncGenerator<readonly CsvRow[]> {
  let line = 0;
  let left = '';
  for await (const chunk of chunks) {
    const lines = (left + chunk).split('\n');
    left = lines.pop() ?? '';
    yield lines.flatMap((text) => {
      line += 1;
      return text.trim() === '' ? [] : rowOf(text, line);
    });
  }
  if (left.trim() !== '') yield [rowOf(left, line + 1)];
}

const rowOf = (text: string, line: number): CsvRow => {
  const [, customer = '', , day = '', , dollars = ''] = pattern.exec(text) ?? [];
  return { line, cells: [customer, customer === '' ? '' : `${customer}-${day}-${line}`, day, dollars] };
};
