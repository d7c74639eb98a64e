import type { Columns } from './columns.ts';
import type { CsvRow } from './csv-rows.ts';

/** `master id, sample id, YYYYMMDD, CDs, dollars`, separated by blanks, without a header (Fader and Hardie). */
const pattern = /^\s*(\d+)\s+(\d+)\s+(\d{8})\s+(\d+)\s+(\d+(?:\.\d+)?)\s*$/;

export const looksLikeCdnow = (firstLine: string): boolean => pattern.test(firstLine);

export const cdnowColumns: Columns = {
  layout: 'CDNOW',
  currency: 'USD',
  at: { customer_id: 0, order_id: 1, placed_at: 2, total: 3, currency: 4 },
};

/** ISO 4217's code for none: CDs went out for 0.00, so the order counts and its money is not told. */
const noCurrency = 'XXX';

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

/** Dates alone: noon everywhere, so that no clock change makes two days one occasion. */
const noonOf = (day: string): string => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T12:00:00Z`;

const rowOf = (text: string, line: number): CsvRow => {
  const [, customer = '', , day = '', , dollars = ''] = pattern.exec(text) ?? [];
  const currency = Number(dollars) > 0 ? 'USD' : noCurrency;
  return {
    line,
    cells: [customer, customer === '' ? '' : `${customer}-${day}-${line}`, noonOf(day), dollars, currency],
  };
};
